// Serves a built site on the loopback address, as a plain web host would: also in a
// sub-folder, also compressed. Keeps a log of what was asked for.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css',
  '.wasm': 'application/wasm', '.json': 'application/json', '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.txt': 'text/plain; charset=utf-8',
};

// The folder under test: PORTOLAN_SITE, set by `cargo xtask`.
export function siteFolder() {
  const folder = process.env.PORTOLAN_SITE;
  if (!folder || !fs.existsSync(path.join(folder, 'index.html'))) {
    throw new Error('PORTOLAN_SITE must name a built site: run `cargo xtask test --only browser`, or set it to the folder `cargo xtask build` prints.');
  }
  return folder;
}

// `under` is the folder on the host, such as '/maps/app/'. `compress` sends brotli where the
// browser takes it. Returns { origin, url, log, close }.
export async function serve(folder, { under = '/', compress = false } = {}) {
  const root = fs.realpathSync(folder);
  const log = [];
  const packed = new Map();
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const entry = { path: pathname, status: 404, raw: 0, sent: 0 };
    log.push(entry);
    const refuse = () => { response.writeHead(404); response.end('not here'); };
    if (!pathname.startsWith(under)) return refuse();
    let file = path.join(root, decodeURIComponent(pathname.slice(under.length)));
    if (file !== root && !file.startsWith(root + path.sep)) return refuse();
    if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, 'index.html');
    if (!fs.existsSync(file)) return refuse();
    let body = fs.readFileSync(file);
    entry.status = 200;
    entry.raw = body.length;
    const headers = { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-store' };
    if (compress && /\bbr\b/.test(request.headers['accept-encoding'] ?? '')) {
      if (!packed.has(file)) packed.set(file, zlib.brotliCompressSync(body));
      body = packed.get(file);
      headers['content-encoding'] = 'br';
    }
    entry.sent = body.length;
    response.writeHead(200, { ...headers, 'content-length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise((resolve, reject) => { server.once('error', reject); server.listen(0, '127.0.0.1', resolve); });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    url: origin + under,
    log,
    close: () => new Promise(resolve => { server.closeAllConnections(); server.close(resolve); }),
  };
}
