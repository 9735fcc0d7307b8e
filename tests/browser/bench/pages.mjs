// The app as one page, a map sent in it, and the hosted app's first and later starts: how large, and how long until the
// map is drawn. Times are from navigation; the median of `runs` counts.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import zlib from 'node:zlib';
import { launch } from '../lib/browser.mjs';
import { dropFile } from '../lib/file-page.mjs';
import { Firefox, firefoxPath } from '../lib/firefox.mjs';
import { serve, siteFolder } from '../lib/site.mjs';
import { asOwm, makeMap } from './map.mjs';

const N = 100;
const TIME = 120_000;
const drawn = n => { const map = document.querySelector('#map'); return Number(map?.dataset.painted ?? 0) > 0 && Number(map.dataset.components) >= n; };
const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const kb = bytes => `${(bytes / 1024).toFixed(0)} KB`;

async function inChromium(work) {
  const browser = await launch();
  try {
    return await work(await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce', acceptDownloads: true }));
  } finally {
    await browser.close();
  }
}

async function started(page, url, n) {
  const begin = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(drawn, n, { polling: 10, timeout: TIME });
  return performance.now() - begin;
}

const fromDisk = (file, n) => inChromium(async context => started(await context.newPage(), pathToFileURL(file).href, n));

async function firefoxFromDisk(file, n) {
  const firefox = await Firefox.launch();
  try {
    const begin = performance.now();
    await firefox.goto(pathToFileURL(file).href);
    await firefox.waitFor(drawn, n);
    return performance.now() - begin;
  } finally {
    await firefox.close();
  }
}

// A map of `N` in a page, as the app makes it.
function sent(app, file) {
  return inChromium(async context => {
    const page = await context.newPage();
    await started(page, pathToFileURL(app).href, 0);
    await page.evaluate(dropFile, ['map.owm', asOwm(makeMap(N))]);
    await page.waitForFunction(drawn, N);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('send to someone');
    await page.keyboard.press('Enter');
    const button = page.getByRole('button', { name: 'Download the HTML file' });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    await download.saveAs(file);
  });
}

// Bytes on the line and time of a first start, and times of the next one with and without a network.
function hosted() {
  return inChromium(async context => {
    const server = await serve(siteFolder(), { compress: true });
    const page = await context.newPage();
    const first = await started(page, server.url, 0);
    // Each file once: real hosts let the browser use its own copy for what is kept, this one does not.
    const once = () => [...new Map(server.log.map(it => [it.path, it.sent])).values()].reduce((sum, it) => sum + it, 0);
    const loaded = once();
    const files = [...new Set(server.log.map(it => it.path))];
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    const kept = once();
    const second = await started(page, server.url, 0);
    await server.close();
    const offline = await started(page, server.url, 0);
    return { first, second, offline, loaded, kept, files };
  });
}

// Bytes of a file as it is and as hosts send it.
function size(file) {
  const bytes = fs.readFileSync(file);
  // The best takes half a minute for a page without optimisation, which nobody sends.
  const quality = bytes.length > 8 << 20 ? 5 : 11;
  const brotli = zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: quality } }).length;
  return { raw: bytes.length, gzip: zlib.gzipSync(bytes, { level: 9 }).length, brotli };
}

// All files of a first start together.
function sizeOfStart(paths) {
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const it of paths) {
    const file = path.join(siteFolder(), decodeURIComponent(it).replace(/\/$/, '/index.html'));
    if (!fs.existsSync(file)) continue;
    for (const [key, bytes] of Object.entries(size(file))) sum[key] += bytes;
  }
  return sum;
}

export async function pages(runs) {
  const app = path.join(siteFolder(), 'portolan.html');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'portolan-pages-'));
  try {
    const file = path.join(folder, 'sent.html');
    await sent(app, file);
    const times = { app: [], sent: [], appFirefox: [], sentFirefox: [] };
    const starts = [];
    for (let run = 0; run < runs; run++) {
      times.app.push(await fromDisk(app, 0));
      times.sent.push(await fromDisk(file, N));
      if (firefoxPath()) {
        times.appFirefox.push(await firefoxFromDisk(app, 0));
        times.sentFirefox.push(await firefoxFromDisk(file, N));
      }
      starts.push(await hosted());
    }
    const figures = {
      app: size(app), sent: size(file), start: sizeOfStart(starts[0].files), loaded: starts[0].loaded, kept: starts[0].kept,
      times: Object.fromEntries(Object.entries(times).filter(([, it]) => it.length > 0).map(([key, it]) => [key, median(it)])),
      starts: Object.fromEntries(['first', 'second', 'offline'].map(key => [key, median(starts.map(it => it[key]))])),
    };
    print(figures);
    return figures;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function print({ app, sent, start, loaded, kept, times, starts }) {
  const ms = it => (it === undefined ? 'not tried' : `${it.toFixed(0)} ms`);
  const all = it => `${kb(it.raw)}, gzip ${kb(it.gzip)}, brotli ${kb(it.brotli)}`;
  console.log('\nOne page and the installed app');
  console.log(`  portolan.html              ${all(app)}; opens in ${ms(times.app)}, Firefox ${ms(times.appFirefox)}`);
  console.log(`  with a map of ${N} inside    ${all(sent)}; opens in ${ms(times.sent)}, Firefox ${ms(times.sentFirefox)}`);
  console.log(`  hosted, first start        ${all(start)}; ${kb(loaded)} on the line, ${kb(kept)} with what is kept for later; ${ms(starts.first)}`);
  console.log(`  hosted, later starts       ${ms(starts.second)}; without a network ${ms(starts.offline)}`);
}
