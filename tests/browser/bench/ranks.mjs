// The estate's risk in the page, measured as a person meets it: from dropping a file to ranks on the screen, from a changed
// answer to new ranks, scrolling the table, what is worked out in slices and the dependency view. Each with the longest time
// the page could not answer meanwhile.
import os from 'node:os';
import path from 'node:path';
import fs from 'node:fs';
import { pause } from './gestures.mjs';
import { asJson, makeMap } from './map.mjs';
import { median, quantile } from './report.mjs';

const EDITS = 3;
const SCROLLS = 90;
const FRAME = 1000 / 60;
// Real estates without answers: opened, arranged, nothing to rank.
const GRAPHS = ['hmpps', 'cargo_helix', 'cargo_rerun', 'vcpkg_default'];

// Runs in the page: `__ranks.until(look)` is the time on the screen of the first state that `look` finds.
function watch() {
  let longest = 0;
  let since = 0;
  const tasks = new PerformanceObserver(list => {
    for (const task of list.getEntries()) if (task.startTime + task.duration > since) longest = Math.max(longest, task.duration);
  });
  tasks.observe({ type: 'longtask', buffered: true });
  const until = look => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('not there after 120 s')), 120_000);
    const done = () => {
      if (!look()) return false;
      observer.disconnect();
      requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => resolve(performance.now()); channel.port2.postMessage(0); });
      return true;
    };
    const observer = new MutationObserver(done);
    if (!done()) observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  window.__ranks = {
    // Begins to watch for long tasks; `stood` tells the longest since, milliseconds (0 when none took 50).
    begin() { tasks.takeRecords(); longest = 0; since = performance.now(); return since; },
    async stood() { await new Promise(it => setTimeout(it, 60)); return longest; },
    until,
    drop(name, text) {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], name, { type: 'text/plain' }));
      const map = document.querySelector('[data-painted]');
      for (const kind of ['dragenter', 'dragover', 'drop']) map.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
    },
  };
}

// What a phase took and how long the page stood still in it.
async function phase(page, record, name, work) {
  const begin = await page.evaluate(() => window.__ranks.begin());
  const end = await work();
  record[name] = end - begin;
  record[`${name}, stood still`] = await page.evaluate(() => window.__ranks.stood());
}

const tab = (page, name) => page.getByRole('tab', { name, exact: true });

async function estate(page, record, n) {
  await tab(page, 'Ranking').click();
  const text = asJson(makeMap(n));
  await phase(page, record, 'open', () => page.evaluate(async text => {
    const shown = window.__ranks.until(() => document.querySelector('.rank-row .rank-name'));
    window.__ranks.drop('estate.map.json', text);
    return shown;
  }, text));
  await phase(page, record, 'firm', () => page.evaluate(() => window.__ranks.until(() => !document.querySelector('#work-progress'))));
  await tab(page, 'Table').click();
  const grid = page.getByRole('grid', { name: 'Systems' });
  await grid.waitFor();
  await edits(page, record, grid);
  record.scroll = await scroll(page);
  await tab(page, 'Risk').click();
  await page.getByRole('button', { name: 'Weak points', exact: true }).click();
  await phase(page, record, 'weak points', () => page.evaluate(() => window.__ranks.until(() => !document.querySelector('#work-progress'))));
}

// Another answer in the first row, until its score and rank are there.
async function edits(page, record, grid) {
  const headings = await grid.locator('thead tr:first-child th').allInnerTexts();
  const place = words => headings.findIndex(it => it.trim().startsWith(words));
  const [score, first] = [place('Score of 30'), place('L1')];
  if (score < 0 || first < 0) throw new Error(`no score or no first question among ${headings.join(' | ')}`);
  const row = grid.locator('tbody tr:not(.list-spacer)').first();
  const [times, stood] = [[], []];
  for (let i = 0; i < EDITS * 2; i++) {
    await row.locator('> *').nth(first).click();
    // Another answer than the one that is there, else nothing would change.
    const answer = (await row.locator('> *').nth(first).innerText()).trim().startsWith('6') ? '1' : '6';
    await page.keyboard.type(answer);
    await page.evaluate(score => {
      const cell = document.querySelector('.system-table tbody tr:not(.list-spacer)').children[score];
      const before = cell.textContent;
      const look = () => document.querySelector('.system-table tbody tr:not(.list-spacer)')?.children[score]?.textContent !== before;
      window.__edit = new Promise(resolve => document.addEventListener('keydown', () => {
        const begin = window.__ranks.begin();
        window.__ranks.until(look).then(end => resolve(end - begin));
      }, { once: true, capture: true }));
    }, score);
    await page.keyboard.press('Enter');
    times.push(await page.evaluate(() => window.__edit));
    stood.push(await page.evaluate(() => window.__ranks.stood()));
  }
  record.edit = median(times);
  record['edit, stood still'] = Math.max(...stood);
}

async function scroll(page) {
  const box = await page.locator('.list-scroll').boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.evaluate(() => {
    const run = window.__frames = { times: [], on: true };
    const tick = time => { run.times.push(time); if (run.on) requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
  });
  const begin = performance.now();
  const before = await page.locator('.list-scroll').evaluate(it => it.scrollTop);
  for (let i = 0; i < SCROLLS; i++) {
    await page.mouse.wheel(0, 240);
    const rest = begin + (i + 1) * FRAME - performance.now();
    if (rest > 0) await pause(rest);
  }
  const after = await page.locator('.list-scroll').evaluate(it => it.scrollTop);
  if (after === before) throw new Error('the table did not scroll');
  const times = await page.evaluate(() => { window.__frames.on = false; return window.__frames.times; });
  const frames = times.slice(1).map((time, at) => time - times[at]);
  return { median: quantile(frames, 0.5), p95: quantile(frames, 0.95) };
}

// The whole estate in the dependency view.
async function arrange(page, record) {
  await page.evaluate(() => window.__ranks.begin());
  await tab(page, 'Dependencies').click();
  const all = page.getByRole('button', { name: /^All / });
  await page.locator('.dependency-count, .dependency-question').first().waitFor();
  if (await all.count() > 0) {
    await page.evaluate(() => window.__ranks.begin());
    await phase(page, record, 'arrange', async () => {
      await all.click();
      return page.evaluate(() => window.__ranks.until(() => Number(document.querySelector('#map')?.dataset.shown) > 0 && !document.querySelector('[role=status].dependency-progress')));
    });
  } else {
    record.arrange = null;
  }
}

// Measures all: `withPage(work)` gives a fresh page of the app. Returns rows, and tells what failed.
export async function ranks({ counts, runs, withPage, attempt, corpus }) {
  const rows = [];
  const one = async (name, work) => {
    const records = [];
    for (let run = 0; run < runs; run++) {
      await attempt(`risk, ${name}`, () => withPage(async page => {
        const record = {};
        await page.evaluate(watch);
        // What was measured before a failure counts too.
        records.push(record);
        await work(page, record);
      }));
    }
    if (records.length > 0) rows.push({ name, ...middle(records) });
  };
  for (const n of counts) {
    await one(`${n} systems`, async (page, record) => {
      await estate(page, record, n);
      await arrange(page, record);
    });
  }
  if (!corpus) console.log('\nPORTOLAN_CORPUS is not set: no real graphs are measured.');
  for (const name of corpus ? GRAPHS : []) {
    await one(name, async (page, record) => {
      await page.evaluate(([name, text]) => window.__ranks.drop(name, text), [`${name}.edges.csv`, fs.readFileSync(path.join(corpus, 'graphs', `${name}.edges.csv`), 'utf8')]);
      await phase(page, record, 'open', async () => {
        await page.getByRole('dialog').getByRole('button', { name: 'Open as a new map' }).click();
        return page.evaluate(() => window.__ranks.until(() => Number(document.querySelector('#map').dataset.components) > 0));
      });
      await arrange(page, record);
    });
  }
  return { rows, load: os.loadavg()[0] };
}

// Medians of what the runs say, except for standing still: there the longest counts.
function middle(records) {
  const out = {};
  for (const key of new Set(records.flatMap(Object.keys))) {
    const values = records.map(it => it[key]).filter(it => it !== undefined && it !== null);
    if (values.length === 0) continue;
    if (key === 'scroll') out[key] = { median: median(values.map(it => it.median)), p95: median(values.map(it => it.p95)) };
    else out[key] = key.endsWith('stood still') ? Math.max(...values) : median(values);
  }
  return out;
}

export function printRanks({ rows }) {
  const PARTS = [
    ['open', 'file dropped to ranks shown'], ['firm', 'how firm the order is'], ['edit', 'answer changed to new ranks'],
    ['weak points', 'weak points'], ['arrange', 'all dependencies arranged'],
  ];
  const ms = it => (it === undefined || it === null ? '-' : it.toFixed(0)).padStart(9);
  console.log('\nRisk in the page, ms; behind it the longest time the page could not answer (0: none as long as 50)');
  console.log(`${''.padEnd(16)}${PARTS.map(([, words]) => words.padStart(30)).join('')}${'table, frame median and p95'.padStart(30)}`);
  for (const row of rows) {
    const cells = PARTS.map(([key]) => `${ms(row[key])} ${ms(row[`${key}, stood still`])}`.padStart(30));
    const scroll = row.scroll ? `${row.scroll.median.toFixed(1)} ${row.scroll.p95.toFixed(1)}` : '-';
    console.log(`${row.name.padEnd(16)}${cells.join('')}${scroll.padStart(30)}`);
  }
}
