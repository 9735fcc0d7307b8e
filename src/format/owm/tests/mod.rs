mod support;
mod tree;
