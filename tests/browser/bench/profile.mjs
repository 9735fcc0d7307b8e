// Which functions take the time of opening a map: node profile.mjs [N] [--gesture]
// PORTOLAN_SITE names a site built with names (`cargo xtask profile` builds it).
import fs from 'node:fs';
import { launch } from '../lib/browser.mjs';
import { serve, siteFolder } from '../lib/site.mjs';
import { GESTURES, perform } from './gestures.mjs';
import { asOwm, makeMap } from './map.mjs';

const LINES = 20;
const n = Number(process.argv[2] ?? 2000);
const server = await serve(siteFolder());
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' });
const page = await context.newPage();
page.setDefaultTimeout(300_000);
await page.addInitScript(fs.readFileSync(new URL('probe.js', import.meta.url), 'utf8'));
const cdp = await context.newCDPSession(page);
await cdp.send('Profiler.enable');
await cdp.send('Profiler.setSamplingInterval', { interval: 500 });

async function profiled(title, work) {
  await cdp.send('Profiler.start');
  const said = await work();
  const { profile } = await cdp.send('Profiler.stop');
  console.log(`\n== ${title}${said ? `: ${said}` : ''} ==`);
  const { own, all } = sums(profile);
  print('milliseconds in the function itself', own);
  print('milliseconds with what it calls', all);
}

function sums(profile) {
  const node = new Map(profile.nodes.map(it => [it.id, it]));
  const parent = new Map(profile.nodes.flatMap(it => (it.children ?? []).map(child => [child, it.id])));
  const own = new Map();
  const all = new Map();
  const add = (map, name, time) => map.set(name, (map.get(name) ?? 0) + time);
  profile.samples.forEach((id, at) => {
    const time = profile.timeDeltas[at] / 1000;
    const seen = new Set();
    for (let it = id; it !== undefined; it = parent.get(it)) {
      const name = readable(node.get(it).callFrame.functionName || '(nameless)');
      if (it === id) add(own, name, time);
      // A function that calls itself counts once a sample.
      if (!seen.has(name)) add(all, name, time);
      seen.add(name);
    }
  });
  return { own, all };
}

const readable = name => name.replace(/::h[0-9a-f]{16}\b/g, '').slice(0, 130);

function print(title, times) {
  console.log(`\n  ${title}`);
  const skip = /^\((root|idle|program)\)$/;
  for (const [name, time] of [...times].filter(([name]) => !skip.test(name)).sort((a, b) => b[1] - a[1]).slice(0, LINES)) {
    console.log(`  ${time.toFixed(0).padStart(8)}  ${name}`);
  }
}

try {
  await page.goto(server.url);
  await page.evaluate(() => window.__bench.whenShown());
  const map = makeMap(n);
  await profiled(`opening ${n} components`, async () => {
    const time = await page.evaluate(([text, n]) => window.__bench.open(text, n), [asOwm(map), n]);
    return `${time.toFixed(0)} ms to the screen`;
  });
  if (process.argv.includes('--gesture')) {
    for (const gesture of GESTURES) await profiled(`${gesture} of ${n} components`, async () => { await perform(gesture, { page, cdp }, map.hub); });
  }
} finally {
  await browser.close();
  await server.close();
}
