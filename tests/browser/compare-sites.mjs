// Are two built sites the same app? node compare-sites.mjs OURS THEIRS
// Compares the module's exports, the style sheets and the copied files, and starts both.
import fs from 'node:fs';
import path from 'node:path';
import { openApp } from './lib/app.mjs';

const problems = [];
const same = (what, a, b) => { if (JSON.stringify(a) !== JSON.stringify(b)) problems.push(`${what} differ:\n  ${JSON.stringify(a)}\n  ${JSON.stringify(b)}`); };

// What a site holds, without the fingerprints in the names.
function describe(folder) {
  const plain = name => name.replace(/-[0-9a-f]{12,16}(?=[._])/, '').replace(/_bg(?=\.wasm)/, '');
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter(it => it.isFile())
    .map(it => path.relative(folder, path.join(it.parentPath ?? it.path, it.name)));
  const read = file => fs.readFileSync(path.join(folder, file));
  const wasm = files.filter(it => it.endsWith('.wasm'));
  const page = read('index.html').toString();
  return {
    names: files.map(plain).sort(),
    exports: wasm.map(it => WebAssembly.Module.exports(new WebAssembly.Module(read(it))).map(e => `${e.kind} ${e.name}`).sort()),
    styles: files.filter(it => it.endsWith('.css')).map(it => read(it).toString()).sort(),
    // Order of style sheets, policy and titles, as a browser reads them.
    head: [...page.matchAll(/<(link|script|meta|title)\b[^>]*>/g)].map(([tag]) => plain(tag.replace(/\s+(integrity|crossorigin)="[^"]*"/g, '').replace(/-[0-9a-f]{12,16}/g, '').replace(/_bg(?=\.wasm)/g, ''))
      .replace(/\s*\/?>$/, '>').replace(/<|>/g, '').trim().split(/\s+(?=[\w-]+(?:=|$))/).sort().join(' ')),
    wasmBytes: wasm.map(it => read(it).length),
  };
}

const [ours, theirs] = process.argv.slice(2, 4);
const [a, b] = [describe(ours), describe(theirs)];
for (const part of ['names', 'exports', 'styles', 'head']) same(part, a[part], b[part]);

for (const site of [ours, theirs]) {
  const app = await openApp({ site });
  try {
    await app.page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: 20_000 });
    await app.page.waitForTimeout(500);
    app.check();
  } catch (error) {
    problems.push(`${site} does not start: ${error.message}`);
  } finally {
    await app.close();
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
} else {
  console.log(`   the same app: ${a.names.length} files, ${a.exports.flat().length} exports; modules of ${a.wasmBytes} and ${b.wasmBytes} bytes`);
}
