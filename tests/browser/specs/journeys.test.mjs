// Two whole journeys as people make them: an architect with a spreadsheet, and a board paper. Each on a real file of others
// (PORTOLAN_CORPUS) and on one that is made here.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { appTest } from '../lib/app.mjs';
import { menu, status } from '../lib/map.mjs';
import { assertAccessible } from '../lib/accessibility.mjs';

const corpus = process.env.PORTOLAN_CORPUS;
const real = (...names) => {
  const file = corpus && path.join(corpus, ...names);
  return file && fs.existsSync(file) ? file : null;
};
const inventory = real('inventories', 'assessment_template.csv');
const graph = real('graphs', 'hmpps.nodes.csv');
const without = file => ({ timeout: 240_000, skip: file ? false : 'PORTOLAN_CORPUS names no folder with this file' });

// 400 systems of a made-up trust. Two posts are the only ones who can mend forty of them.
function estate() {
  const rows = ['System,Department,Custodian,Supplier,Runs on,Release,Support ends,Users,Depends on'];
  for (let i = 1; i <= 400; i++) {
    const name = `System ${String(i).padStart(3, '0')}`;
    const custodian = i <= 22 ? 'Interface analyst' : i <= 40 ? 'Pharmacy analyst' : `Desk ${i % 7}; Supplier desk ${i % 5}`;
    const needs = i > 10 && i <= 60 ? `System ${String((i % 10) + 1).padStart(3, '0')}` : '';
    const end = i % 3 === 0 ? '' : `20${24 + (i % 6)}-0${1 + (i % 9)}-15`;
    rows.push([name, `Department ${i % 12}`, custodian, `Supplier ${i % 9}`, i % 4 === 0 ? 'Windows Server' : 'Linux', i % 4 === 0 ? '2012 R2' : '', end, i % 5 === 0 ? '' : i * 3, needs].join(','));
  }
  return { name: 'estate.csv', text: `${rows.join('\r\n')}\r\n` };
}

const review = app => app.page.getByRole('dialog', { name: /Check before taking in/ });
const means = (app, heading, meaning) => review(app).getByLabel(`“${heading}” means`).selectOption(meaning);
const choosesNoFolder = app => app.page.evaluate(() => { delete window.showSaveFilePicker; delete window.showOpenFilePicker; });

async function takesIn(app, file, columns, button = 'Open as a new map') {
  await app.dropFile(file);
  await review(app).waitFor();
  for (const [heading, meaning] of Object.entries(columns)) await means(app, heading, meaning);
  await app.frames(2);
  await app.thenPainted(() => review(app).getByRole('button', { name: button }).click());
}

async function opensTable(app) {
  await app.page.getByRole('tab', { name: 'Table' }).click();
  await app.page.getByRole('grid', { name: 'Systems' }).waitFor();
}

// The nth row's cell under a heading.
async function cellAt(app, row, heading) {
  const headings = await app.page.locator('.system-table thead tr:first-child th').allInnerTexts();
  const column = headings.findIndex(it => it.trim().startsWith(heading));
  assert.ok(column >= 0, `no column ${heading}`);
  return app.page.locator('.system-table tbody tr:not([aria-hidden])').nth(row).locator('> *').nth(column);
}

// Pastes answers to the thirteen questions for the first systems of the table, as from a spreadsheet; a row of numbers each.
async function pastesAnswers(app, rows) {
  await app.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.page.evaluate(text => navigator.clipboard.writeText(text), rows.map(row => row.join('\t')).join('\r\n'));
  await (await cellAt(app, 0, 'L1')).click();
  await app.page.keyboard.press('Control+v');
  await app.frames(4);
  assert.match(await status(app), new RegExp(`Pasted ${rows.length * 13} cells`));
}

async function riskPage(app, name) {
  await app.page.getByRole('tab', { name: 'Risk', exact: true }).click();
  await app.page.locator('.risk-view').getByRole('button', { name, exact: true }).click();
  await app.frames(2);
}

const workDone = app => app.page.locator('.risk-view .work-line').waitFor({ state: 'detached', timeout: 120_000 });
const pagesOf = pdf => (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;
const firstNames = async app => (await app.page.locator('.rank-name').allInnerTexts()).slice(0, 10).map(it => it.trim());

async function ranking(app) {
  await app.page.getByRole('tab', { name: 'Ranking' }).click();
  await app.page.locator('.rank-row').first().waitFor();
  return firstNames(app);
}

async function putsOnRegister(app, title, systems, money) {
  await riskPage(app, 'Records');
  await app.page.getByRole('button', { name: 'Risks', exact: true }).click();
  await app.page.getByRole('button', { name: 'Add a risk' }).click();
  await app.page.locator('.record-list summary', { hasText: 'If (cause)' }).click();
  const form = app.page.locator('details[open] .record-form');
  for (const [label, text] of [['What', title], ['Systems', systems], ['Times a year', '0.3 (0.1–0.6)'], ['Pounds lost each time', money], ['Worst harm to patients', '4'], ['Likelihood of that harm', '?'], ['Owner', 'Chief information officer']]) {
    await form.getByLabel(label, { exact: true }).fill(text);
    await app.page.keyboard.press('Enter');
    await app.frames(2);
  }
}

// Saves, forgets everything, opens what was saved, and finds the same order.
async function savesAndReopens(app, components, order) {
  await choosesNoFolder(app);
  const saved = await app.download(() => app.page.keyboard.press('Control+s'));
  const map = JSON.parse(saved.text);
  assert.equal(map.document.components.length, components);
  app.page.once('dialog', dialog => dialog.accept());
  await app.load();
  await app.thenPainted(() => app.dropFile({ name: saved.name, bytes: saved.bytes }));
  assert.equal((await app.mapState()).components, components);
  assert.deepEqual(await ranking(app), order, 'the same order after saving and opening');
}

async function spreadsheet(app, { file, columns, components, links, people }) {
  await takesIn(app, file, columns);
  assert.equal((await app.mapState()).components, components);
  // What is not known is said, and nothing looks safe for want of answers.
  await opensTable(app);
  assert.equal((await (await cellAt(app, 0, 'Not known')).innerText()).trim(), '13 of 13');
  assert.match(await (await cellAt(app, 0, 'Risk')).innerText(), /not known to be below red/i);
  // Dependencies that somebody else has in another table.
  const names = [];
  for (let row = 0; row < 6; row++) names.push((await (await cellAt(app, row, 'Name')).innerText()).trim());
  const before = (await app.mapState()).links;
  assert.equal(before, links);
  await app.dropFile({ name: 'links.csv', text: `source,target\r\n"${names[5]}","${names[0]}"\r\n"${names[4]}","${names[0]}"\r\n` });
  await review(app).waitFor();
  await app.thenPainted(() => review(app).getByRole('button', { name: 'Add to this map' }).click());
  assert.equal((await app.mapState()).links, before + 2);
  // Answers come from a spreadsheet; one is corrected by hand.
  await opensTable(app);
  await pastesAnswers(app, [[6, 5, 6, 4, 4, 5, 5, 5, 4, 3, 4, 4, 4], [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [2, 2, 2, '?', 2, 2, 2, 2, 2, 2, 2, 2, 2]]);
  await (await cellAt(app, 2, 'L7')).click();
  await app.page.keyboard.press('F2');
  await app.page.keyboard.type('2');
  await app.page.keyboard.press('Enter');
  await app.frames(3);
  // The order, and why.
  const order = await ranking(app);
  assert.ok(order.slice(0, 2).includes(names[0]), `${names[0]} is near the top: ${order}`);
  await app.page.locator('.rank-row').first().click();
  const why = app.page.locator('.rank-details');
  await why.getByText(/keeps place/).waitFor({ timeout: 120_000 });
  assert.deepEqual((await why.locator('h3').allInnerTexts()).slice(0, 4), ['Why here?', 'What would change it?', 'What is not known?', 'What happens if it stops?']);
  await app.page.getByRole('button', { name: 'Find out first', exact: true }).click();
  assert.match(await app.page.locator('.item-list').innerText(), /Ask /);
  await app.page.getByRole('button', { name: 'By risk', exact: true }).click();
  // On whom it rests.
  await riskPage(app, 'Weak points');
  await workDone(app);
  const shared = app.page.getByRole('table', { name: 'Shared causes' });
  for (const [post, systems] of people) {
    const row = shared.locator('tbody tr', { hasText: post }).filter({ hasText: 'only person who knows it' });
    assert.equal((await row.locator('td').nth(2).innerText()).trim(), String(systems), post);
  }
  // Onto the register and out as a table.
  await putsOnRegister(app, `If the only post that knows ${names[0]} is vacant, then faults stay, so clinics stop`, names[0], 'staff time 10,000–90,000');
  await riskPage(app, 'Risk register');
  const register = await app.download(() => app.page.getByRole('button', { name: /Export for a spreadsheet/ }).click());
  assert.ok(register.text.includes(names[0]) && register.text.includes('0.3 (0.1–0.6)'), register.text);
  await savesAndReopens(app, components, await ranking(app));
}

appTest('the spreadsheet: 400 systems come in, are asked about and ranked; two posts hold up forty of them', { test: { timeout: 240_000 } }, app =>
  spreadsheet(app, {
    file: estate(),
    columns: { Custodian: 'Known by (who can mend it)', 'Runs on': 'Product', Release: 'Version', 'Depends on': 'Needs (names of systems)' },
    components: 400,
    links: 50,
    people: [['Interface analyst', 22], ['Pharmacy analyst', 18]],
  }));

appTest('the spreadsheet, on a real inventory', { test: without(inventory) }, app =>
  spreadsheet(app, { file: inventory, columns: { Owner: 'Known by (who can mend it)' }, components: 211, links: 85, people: [] }));

async function boardPaper(app, { open, components, ask }) {
  await open(app);
  assert.equal((await app.mapState()).components, components);
  await opensTable(app);
  const rows = [];
  for (let at = 0; at < 12; at++) rows.push(Array.from({ length: 13 }, (_, question) => (at + question) % 5 === 4 ? '?' : 1 + ((at * 7 + question * 3) % 5)));
  await pastesAnswers(app, rows);
  const names = [];
  for (let row = 0; row < 2; row++) names.push((await (await cellAt(app, row, 'Name')).innerText()).trim());
  await putsOnRegister(app, `If ${names[0]} fails, then nobody sees results, so treatment is late`, names[0], 'response 40,000–600,000');
  // Somebody disagrees, and that stands beside the sum.
  await ranking(app);
  await app.page.locator('.rank-row').nth(3).click();
  const judged = (await app.page.locator('.rank-name').nth(3).innerText()).trim();
  const form = app.page.locator('.judge-form');
  await form.getByLabel('Place').fill('1');
  await form.getByLabel(/Reason/).fill('The night shift has no way around it, which no answer here says.');
  await form.getByLabel(/Judged by/).fill('Chief nurse');
  await form.getByRole('button', { name: 'Record judgement' }).click();
  await app.frames(3);
  // The paper: ten risks in words, money with its range, what is not known and whom to ask.
  await riskPage(app, 'Summary');
  await workDone(app);
  assert.equal(await app.page.locator('.top-risk').count(), 10);
  const paper = app.page.locator('.report');
  await paper.getByText(/one year in ten costs/).waitFor();
  const words = await paper.innerText();
  assert.match(words, /£/);
  assert.match(words, /not known|We do not know/);
  assert.match(words, ask);
  assert.doesNotMatch(words, /\b(CVE|SPOF|ALE|LITRAF|NaN|undefined)\b/);
  assert.ok(pagesOf(await app.page.pdf({ preferCSSPageSize: true })) <= 4, 'four printed pages at the most');
  await assertAccessible(app.page, { within: '.risk-view' });
  await app.page.getByRole('button', { name: 'On one page' }).click();
  for (const readers of ['For clinicians', 'For a board']) {
    await app.page.getByRole('button', { name: readers }).click();
    await app.frames(2);
    assert.equal(pagesOf(await app.page.pdf({ preferCSSPageSize: true })), 1, `${readers}: one page of A4`);
  }
  await app.page.getByRole('button', { name: 'As judged' }).click();
  assert.match(await app.page.locator('.item-list > li').first().innerText(), new RegExp(`${judged.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[\\s\\S]*Chief nurse`));
  await app.page.getByRole('button', { name: 'By risk', exact: true }).click();
  // The register as a table, by the menu, and the page for printing.
  const register = await app.download(() => menu(app, 'Risk', 'Export the risk register (CSV)'));
  assert.match(register.text, /nobody sees results/);
  await riskPage(app, 'Risk register');
  assert.ok(pagesOf(await app.page.pdf({ preferCSSPageSize: true })) >= 1);
  await savesAndReopens(app, components, await ranking(app));
}

appTest('the board paper, from a spreadsheet', { test: { timeout: 240_000 } }, app =>
  boardPaper(app, { open: app => takesIn(app, estate(), { Custodian: 'Known by (who can mend it)', 'Depends on': 'Needs (names of systems)' }), components: 400, ask: /Ask / }));

appTest('the board paper, on a real estate of others', { test: without(graph) }, app =>
  boardPaper(app, {
    open: async app => {
      await takesIn(app, graph, {});
      await takesIn(app, graph.replace('.nodes.', '.edges.'), {}, 'Add to this map');
    },
    components: 278,
    ask: /Ask /,
  }));
