// Which functions take the bytes of the module: node bytes.mjs
// PORTOLAN_SITE names a site built with names (`cargo xtask profile --bytes` builds it). Bytes are
// of the module as compiled, before compression.
import fs from 'node:fs';
import path from 'node:path';
import { siteFolder } from '../lib/site.mjs';

const LINES = 30;
const IMPORT = 2;
const CODE = 10;
const DATA = 11;

const folder = siteFolder();
const file = fs.readdirSync(folder).find(it => it.endsWith('.wasm'));
const bytes = fs.readFileSync(path.join(folder, file));
let at = 8;

function number() {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return value;
  }
}

function text() {
  const length = number();
  at += length;
  return bytes.toString('utf8', at - length, at);
}

let imported = 0;
const bodies = [];
const names = new Map();
const sections = new Map();

while (at < bytes.length) {
  const id = bytes[at++];
  const length = number();
  const end = at + length;
  sections.set(id, (sections.get(id) ?? 0) + length);
  if (id === IMPORT) {
    // All that the compiler imports are functions, but tables and memories may be among them.
    imported = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).filter(it => it.kind === 'function').length;
  } else if (id === CODE) {
    for (let left = number(); left > 0; left--) {
      const length = number();
      bodies.push(length);
      at += length;
    }
  } else if (id === 0 && text() === 'name') {
    while (at < end) {
      const kind = bytes[at++];
      const end = number() + at;
      if (kind === 1) for (let left = number(); left > 0; left--) names.set(number(), text());
      at = end;
    }
  }
  at = end;
}
if (names.size === 0) throw new Error('This module has no names; `cargo xtask profile --bytes` builds one that has.');

const readable = name => name
  .replace(/^_ZN(.*)E$/, (_, rest) => {
    const parts = [];
    for (let it = /^(\d+)/.exec(rest); it; it = /^(\d+)/.exec(rest)) {
      parts.push(rest.slice(it[0].length, it[0].length + Number(it[0])));
      rest = rest.slice(it[0].length + Number(it[0]));
    }
    return parts.join('::');
  })
  .replace(/::h[0-9a-f]{16}$/, '');
const LAYER = /portolan(?:::[a-z_]+){0,2}|\b(?:yew|gloo|serde_json|csv|petgraph|hashbrown|js_sys|web_sys|wasm_bindgen|alloc|std|core)\b(?:::[a-z_]+)?/;

const byName = new Map();
const byLayer = new Map();
const add = (map, key, size) => {
  const entry = map.get(key) ?? { size: 0, count: 0 };
  entry.size += size;
  entry.count += 1;
  map.set(key, entry);
};
bodies.forEach((size, index) => {
  const name = readable(names.get(index + imported) ?? '(nameless)');
  add(byName, name, size);
  add(byLayer, LAYER.exec(name)?.[0] ?? '(other)', size);
});

const kb = size => `${(size / 1024).toFixed(1).padStart(8)} KB`;
console.log(`\n${kb(sections.get(CODE) ?? 0)}  code, ${bodies.length} functions\n${kb(sections.get(DATA) ?? 0)}  data`);
for (const [title, map] of [['by module (generic code counts where it was written)', byLayer], ['by function, all its copies for different types together', byName]]) {
  console.log(`\n  ${title}`);
  for (const [name, { size, count }] of [...map].sort((a, b) => b[1].size - a[1].size).slice(0, LINES)) {
    console.log(`  ${kb(size)} ${String(count).padStart(5)} x  ${name.slice(0, 120)}`);
  }
}
