//! Shared values as properties: compared by pointer, so that a large document costs nothing to compare.

use std::ops::Deref;
use std::rc::Rc;

/// An `Rc` that equals another only when both point to the same value.
#[derive(Debug)]
pub(crate) struct PtrEq<T: ?Sized>(pub(crate) Rc<T>);

impl<T: ?Sized> Clone for PtrEq<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: ?Sized> PartialEq for PtrEq<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> From<&Rc<T>> for PtrEq<T> {
    fn from(value: &Rc<T>) -> Self {
        Self(Rc::clone(value))
    }
}

impl<T: ?Sized> Deref for PtrEq<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}
