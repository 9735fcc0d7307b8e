// Sizes of a built site, plain and compressed at the highest level: node sizes.mjs FOLDER [--write]
// `--write` also writes each file as .br and .gz beside it.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';

// [{ path, raw, gzip, brotli }], largest first.
export function sizes(folder, { write = false } = {}) {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter(it => it.isFile() && !/\.(br|gz)$/.test(it.name));
  return files.map(it => {
    const full = path.join(it.parentPath ?? it.path, it.name);
    const bytes = fs.readFileSync(full);
    const gzip = zlib.gzipSync(bytes, { level: 9 });
    const brotli = zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
    if (write) {
      fs.writeFileSync(`${full}.gz`, gzip);
      fs.writeFileSync(`${full}.br`, brotli);
    }
    return { path: path.relative(folder, full), raw: bytes.length, gzip: gzip.length, brotli: brotli.length };
  }).sort((a, b) => b.raw - a.raw);
}

export function total(list) {
  return list.reduce((sum, it) => ({ raw: sum.raw + it.raw, gzip: sum.gzip + it.gzip, brotli: sum.brotli + it.brotli }), { raw: 0, gzip: 0, brotli: 0 });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const list = sizes(process.argv[2], { write: process.argv.includes('--write') });
  const row = (raw, gzip, brotli, name) => console.log(`   ${raw.padStart(10)} ${gzip.padStart(10)} ${brotli.padStart(10)}  ${name}`);
  const kb = bytes => `${(bytes / 1024).toFixed(1)} KB`;
  row('raw', 'gzip', 'brotli', '');
  for (const it of [...list, { ...total(list), path: 'together' }]) row(kb(it.raw), kb(it.gzip), kb(it.brotli), it.path);
}
