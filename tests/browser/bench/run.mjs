// Measures the app beside the bare page, in turns in the same run, and prints ratios:
//   node run.mjs [--n 100,500,2000,5000] [--systems 500,5000,20000] [--runs 3] [--only size,cold,open,pan,zoom,drag,pages,risk]
//     [--json FILE]
// PORTOLAN_SITE names the built site (`cargo xtask bench` sets it).
//
// Drawing is in software, as on CI and on many a hospital PC: read the ratios, and the
// milliseconds only beside other figures of the same run.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from '../lib/browser.mjs';
import { serve, siteFolder } from '../lib/site.mjs';
import { GESTURES, pause, perform } from './gestures.mjs';
import { asOwm, makeMap } from './map.mjs';
import { memory } from './memory.mjs';
import { pages } from './pages.mjs';
import { printRanks, ranks } from './ranks.mjs';
import { print } from './report.mjs';
import { sizes, total } from './sizes.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PROBE = fs.readFileSync(path.join(HERE, 'probe.js'), 'utf8');
const PARTS = ['size', 'cold', 'open', 'pan', 'zoom', 'drag', 'pages', 'risk'];
// Beside the page and what it loads: the app as one page, and what only installing takes.
const NOT_LOADED = /^(portolan\.html|service-worker\.js|manifest\.webmanifest|icon-(app|192|512|maskable-512)\.\w+)$/;
const VIEWPORT = { width: 1366, height: 768 };
const COLD_N = 100;
const TIME = 120_000;

const { values } = parseArgs({
  options: { n: { type: 'string', default: '100,500,2000,5000' }, systems: { type: 'string', default: '500,5000,20000' }, runs: { type: 'string', default: '3' }, only: { type: 'string' }, json: { type: 'string' } },
});
const counts = values.n.split(',').map(Number);
const systems = values.systems.split(',').map(Number);
const runs = Number(values.runs);
const parts = values.only ? values.only.split(',') : PARTS;
for (const part of parts) if (!PARTS.includes(part)) throw new Error(`There is no part "${part}"; there are: ${PARTS.join(', ')}.`);
if (![...counts, ...systems, runs].every(it => Number.isInteger(it) && it > 0)) throw new Error('--n, --systems and --runs take whole numbers.');

// The bare page as a site of its own, so that its size can be told too.
const bareFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'portolan-bare-'));
fs.copyFileSync(path.join(HERE, 'bare.html'), path.join(bareFolder, 'index.html'));
fs.copyFileSync(path.join(HERE, 'bare.js'), path.join(bareFolder, 'bare.js'));

const subjects = [];
for (const [name, folder] of [['bare', bareFolder], ['app', siteFolder()]]) {
  subjects.push({ name, folder, server: await serve(folder, { compress: true }) });
}
const records = [];
const texts = new Map([...counts, COLD_N].map(n => [n, asOwm(makeMap(n))]));

async function withPage(subject, work) {
  const browser = await launch();
  try {
    const context = await browser.newContext({ viewport: VIEWPORT, deviceScaleFactor: 1, reducedMotion: 'reduce', serviceWorkers: 'block' });
    const page = await context.newPage();
    page.setDefaultTimeout(TIME);
    const problems = [];
    page.on('pageerror', error => problems.push(error.message));
    page.on('console', message => { if (message.type() === 'error') problems.push(message.text()); });
    await page.addInitScript(PROBE);
    const cdp = await context.newCDPSession(page);
    await work({ browser, page, cdp, go: () => page.goto(subject.server.url, { waitUntil: 'commit' }) });
    if (problems.length > 0) throw new Error(`${subject.name} complained: ${problems.join(' | ')}`);
  } finally {
    await browser.close();
  }
}

function limited(promise, what) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`${what}: not there after ${TIME / 1000} s`)), TIME); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// From navigation to the first drawing, and to a map of 100 opened as soon as that was there.
async function cold(subject, slow) {
  const record = { subject: subject.name, part: slow ? 'cold, slow line' : 'cold', n: COLD_N };
  await withPage(subject, async ({ page, cdp, go }) => {
    await cdp.send('Network.enable');
    if (slow) await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 40, downloadThroughput: 1.25e6, uploadThroughput: 1.25e6 });
    await go();
    record.start = await limited(page.evaluate(() => window.__bench.whenShown()), 'the first drawing');
    await page.evaluate(([text, n]) => window.__bench.open(text, n), [texts.get(COLD_N), COLD_N]);
    record.map = await limited(page.evaluate(n => window.__bench.whenShown(n), COLD_N), 'the first map');
  });
  records.push(record);
}

async function work(subject, n, run) {
  const record = { subject: subject.name, part: 'work', n, run };
  await withPage(subject, async ({ browser, page, cdp, go }) => {
    await go();
    await limited(page.evaluate(() => window.__bench.whenShown()), 'the first drawing');
    await pause(500);
    record.open = await limited(page.evaluate(([text, n]) => window.__bench.open(text, n), [texts.get(n), n]), `the map of ${n}`);
    await pause(1000);
    record.memory = await memory(browser, cdp);
    const { hub } = makeMap(n);
    for (const gesture of GESTURES.filter(it => parts.includes(it))) {
      record[gesture] = (await perform(gesture, { page, cdp }, hub)).intervals;
    }
  });
  records.push(record);
}

// A page that fails is told in the table; the others go on.
const failures = [];
async function attempt(what, action) {
  try {
    await action();
    process.stdout.write('.');
  } catch (error) {
    failures.push(`${what}: ${error.message.split('\n')[0]}`);
    process.stdout.write('!');
  }
}

// Only the app has ranks, so there is no bare page beside it.
function measureRisk() {
  const app = subjects.find(it => it.name === 'app');
  const withApp = work => withPage(app, async ({ page, go }) => {
    await go();
    await limited(page.evaluate(() => window.__bench.whenShown()), 'the first drawing');
    await work(page);
  });
  return ranks({ counts: systems, runs, withPage: withApp, attempt, corpus: process.env.PORTOLAN_CORPUS });
}

const started = performance.now();
console.log(`${os.cpus().length} cores, load ${os.loadavg()[0].toFixed(1)}; ${runs} runs each, the median counts`);
// Once over everything without counting: the first start of a browser reads it from the disk.
for (const subject of subjects) await attempt(`${subject.name}, warming up`, () => cold(subject, false));
records.length = 0;
for (let run = 0; run < runs; run++) {
  if (parts.includes('cold')) {
    for (const subject of subjects) {
      await attempt(`${subject.name} cold`, () => cold(subject, false));
      await attempt(`${subject.name} cold on a slow line`, () => cold(subject, true));
    }
  }
  if (parts.includes('open') || GESTURES.some(it => parts.includes(it))) {
    for (const n of counts) {
      for (const subject of subjects) await attempt(`${subject.name} with ${n}`, () => work(subject, n, run));
    }
  }
}
const risk = parts.includes('risk') ? await measureRisk() : null;
const shipped = parts.includes('size') ? Object.fromEntries(subjects.map(it => [it.name, total(sizes(it.folder).filter(file => !NOT_LOADED.test(file.path)))])) : null;
const load = os.loadavg()[0];
for (const { server } of subjects) await server.close();
fs.rmSync(bareFolder, { recursive: true });

console.log(`\n${Math.round((performance.now() - started) / 1000)} s, load at the end ${load.toFixed(1)}\n`);
const bad = print({ records, shipped, counts, failures });
if (risk) printRanks(risk);
const onePage = parts.includes('pages') ? await pages(runs) : null;
if (values.json) fs.writeFileSync(values.json, JSON.stringify({ records, shipped, pages: onePage, risk, failures, load }, null, 1));
if (bad) process.exitCode = 1;
