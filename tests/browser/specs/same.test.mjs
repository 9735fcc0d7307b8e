// The browser reckons as the command line does: every figure of the ranking byte for byte, and the words of the board paper
// with the outcome of fifty thousand simulated years.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { appTest } from '../lib/app.mjs';
import { menu } from '../lib/map.mjs';

const root = new URL('../../../', import.meta.url).pathname;
const fixture = name => fs.readFileSync(path.join(root, 'tests/fixtures/rank', name), 'utf8');
const program = process.env.PORTOLAN_CLI ?? path.join(root, 'target/debug/portolan');
const graph = process.env.PORTOLAN_CORPUS && path.join(process.env.PORTOLAN_CORPUS, 'graphs', 'hmpps.nodes.csv');
const DAY = '2026-03-04';

// The page on the day that the figures of the other side are of.
async function opensOn(app, file) {
  await app.page.clock.setFixedTime(`${DAY}T10:00:00Z`);
  await app.load();
  await app.thenPainted(() => app.dropFile(file));
  await app.page.getByRole('tab', { name: 'Risk', exact: true }).click();
  await app.page.locator('.risk-view .work-line').waitFor({ state: 'detached', timeout: 120_000 });
}

const exported = async app => (await app.download(() => menu(app, 'Risk', 'Export the ranking with every figure (CSV)'))).text.replace('\ufeff', '');

appTest('the hospital: the ranking and the board paper are those of the command line, byte for byte', { start: false, test: { timeout: 180_000 } }, async app => {
  await opensOn(app, path.join(root, 'src/app/samples/hospital-trust.map.json'));
  assert.equal(await exported(app), fixture('hospital-trust.csv'));
  await app.page.getByText(/one year in ten costs/).waitFor();
  const said = await app.page.locator('.report').innerText();
  for (const line of fixture('hospital-trust.board.txt').trim().split('\n')) assert.ok(said.includes(line), `is on the screen: ${line}\n${said.slice(0, 900)}`);
  // What the table shows is what was exported, rounded.
  await app.page.getByRole('tab', { name: 'Table' }).click();
  await app.page.getByText('Columns', { exact: true }).click();
  await app.page.getByLabel('Index', { exact: true }).check();
  await app.page.keyboard.press('Escape');
  await app.page.getByRole('button', { name: 'Rank', exact: true }).click();
  await app.frames(3);
  const headings = (await app.page.locator('.system-table thead tr:first-child th').allInnerTexts()).map(it => it.trim());
  const at = heading => headings.findIndex(it => it.startsWith(heading));
  const rows = fixture('hospital-trust.csv').split('\r\n').slice(1, 9).map(line => line.split(','));
  const shown = app.page.locator('.system-table tbody tr:not([aria-hidden])');
  const number = value => Number(value).toFixed(2);
  for (const [place, row] of rows.entries()) {
    const cells = (await shown.nth(place).locator('> *').allInnerTexts()).map(it => it.trim());
    const [low, plan, high] = row.slice(6, 9).map(number);
    assert.equal(cells[at('Name')], row[2]);
    assert.equal(cells[at('Rank')], row[0]);
    assert.equal(cells[at('Score')], low === high ? plan : `${plan} (${low}–${high})`);
    assert.equal(cells[at('Index')], (Number(row[10]) * 100).toFixed(1));
    assert.equal(cells[at('Not known')], `${row[20]} of 13`);
    assert.match(cells[at('Risk')].split('\n').at(-1), { A: /^red$/i, B: /^not known to be below red$/i, C: /^below red$/i }[row[3]]);
  }
});

const noGraph = !(graph && fs.existsSync(graph)) ? 'PORTOLAN_CORPUS names no folder with this file'
  : !fs.existsSync(program) ? 'the command line is not built: cargo build --features cli' : false;

appTest('a real estate of others: the same bytes from the browser and from the command line', { start: false, test: { timeout: 180_000, skip: noGraph } }, async app => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'portolan-same-'));
  const map = path.join(folder, 'hmpps.map.json');
  execFileSync(program, ['convert', graph, '-o', map]);
  // Somebody has answered about two systems in three, and not everything.
  const file = JSON.parse(fs.readFileSync(map, 'utf8'));
  for (const [at, component] of file.document.components.entries()) {
    if (at % 3 === 2 || component.kind === 'anchor') continue;
    const level = (question, most) => ((at * 7 + question * 5) % 11 === 0 ? {} : { value: 1 + ((at + question * 3) % most) });
    const answers = (letter, count, most) => Object.fromEntries(Array.from({ length: count }, (_, question) => [`${letter}${question + 1}`, level(question, most)]).filter(([, answer]) => answer.value));
    component.facts = { ...component.facts, likelihood: answers('L', 7, 6), impact: answers('C', 6, 5), fail_rate: { value: 0.2, low: 0.1, high: 0.5 } };
  }
  fs.writeFileSync(map, JSON.stringify(file));
  const wanted = execFileSync(program, ['rank', map, '--format', 'csv', '--today', DAY]).toString();
  await opensOn(app, map);
  assert.equal(await exported(app), wanted);
  assert.ok(wanted.split('\r\n').length > 200);
  fs.rmSync(folder, { recursive: true });
});
