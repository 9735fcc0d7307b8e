// The ranking in depth, and the risk view: journey 5 (a board paper) on the example estates.
import assert from 'node:assert/strict';
import { appTest } from '../lib/app.mjs';
import { menu, status } from '../lib/map.mjs';
import { assertAccessible } from '../lib/accessibility.mjs';

async function openExample(app, title) {
  await menu(app, 'File', 'Open an example…');
  await app.thenPainted(() => app.page.getByText(title, { exact: true }).click());
}

const names = async app => (await app.page.locator('.rank-name').allInnerTexts()).slice(0, 12);

appTest('a row of the ranking opens into four answers and says how firm its place is', async app => {
  await openExample(app, 'Hospital trust');
  await app.page.getByRole('tab', { name: 'Ranking' }).click();
  const first = app.page.locator('.rank-row').first();
  await first.click();
  assert.equal(await first.getAttribute('aria-expanded'), 'true');
  const details = app.page.locator('.rank-details');
  assert.deepEqual((await details.locator('h3').allInnerTexts()).slice(0, 5),
    ['Why here?', 'What would change it?', 'What is not known?', 'What happens if it stops?', 'How firm is its place?']);
  // Worked out in slices: the page goes on meanwhile.
  await details.getByText(/keeps place/).waitFor({ timeout: 30_000 });
  for (const [list, words] of [['Find out first', /^Ask /m], ['Give notice by', /notice must be given by|notice was due/], ['What to do next', /Due on|Was due on/]]) {
    await app.page.getByRole('button', { name: list, exact: true }).click();
    assert.match(await app.page.locator('.item-list').innerText(), words, list);
  }
  await assertAccessible(app.page, { within: '.side' });
});

appTest('a weight moves the order while the slider moves; one undo takes it back', async app => {
  await openExample(app, 'Hospital trust');
  await app.page.getByRole('tab', { name: 'Ranking' }).click();
  const before = await names(app);
  await app.page.getByText('What weighs how much').click();
  await app.page.getByLabel('Deadlines').focus();
  for (let i = 0; i < 12; i++) await app.page.keyboard.press('PageUp');
  await app.frames(3);
  assert.notDeepEqual(await names(app), before);
  await app.page.locator('#map').focus();
  for (let i = 0; i < 12; i++) await app.page.keyboard.press('Control+z');
  await app.frames(3);
  assert.deepEqual(await names(app), before);
});

appTest('a judgement wants a reason, and stands beside the sum until it lapses', async app => {
  await openExample(app, 'Hospital trust');
  await app.page.getByRole('tab', { name: 'Ranking' }).click();
  await app.page.locator('.rank-row').nth(6).click();
  const name = (await app.page.locator('.rank-name').nth(6).innerText()).trim();
  const form = app.page.locator('.judge-form');
  await form.getByLabel('Place').fill('1');
  await form.getByRole('button', { name: 'Record judgement' }).click();
  assert.match(await status(app), /reason of at least 30/);
  await form.getByLabel(/Reason/).fill('It failed twice last month and nobody on the night shift could help.');
  await form.getByLabel(/Judged by/).fill('Chief nurse');
  await form.getByRole('button', { name: 'Record judgement' }).click();
  await app.frames(3);
  const list = app.page.locator('.item-list > li');
  assert.match(await list.first().innerText(), new RegExp(`${name}[\\s\\S]*by risk 7[\\s\\S]*Chief nurse`));
});

appTest('the board paper: ten risks in words, pictures with tables, the register as a file', async app => {
  await openExample(app, 'Hospital trust');
  await app.page.getByRole('tab', { name: 'Risk', exact: true }).click();
  assert.equal(await app.page.locator('.top-risk').count(), 10);
  const words = await app.page.locator('.report').innerText();
  assert.match(words, /cost at least £/);
  assert.doesNotMatch(words, /\b(CVE|SPOF|ALE|LITRAF|NaN)\b/);
  await app.page.getByText(/one year in ten costs/).waitFor({ timeout: 60_000 });
  await app.page.getByRole('button', { name: 'For clinicians' }).click();
  assert.match(await app.page.locator('.top-risk').first().innerText(), /If .* fails/);
  await assertAccessible(app.page);

  await app.page.getByRole('button', { name: 'Pictures', exact: true }).click();
  const pictures = app.page.locator('.picture');
  assert.equal(await pictures.count(), 6);
  for (const picture of await pictures.all()) {
    assert.ok((await picture.locator('svg').getAttribute('aria-label')).length > 40);
    assert.ok(await picture.locator('tbody tr').count() > 0);
  }
  await assertAccessible(app.page);

  await app.page.getByRole('button', { name: 'Risk register', exact: true }).click();
  await app.page.getByRole('button', { name: 'Cost a year' }).click();
  await app.page.getByRole('button', { name: 'Cost a year' }).click();
  assert.match(await app.page.locator('.data-table tbody tr').last().innerText(), /not known/);
  const file = await app.download(() => app.page.getByRole('button', { name: /Export for a spreadsheet/ }).click());
  await assertAccessible(app.page);
  assert.equal(file.name, 'risk-register.csv');
  assert.equal(file.text.trim().split(/\r\n/).length, 12);
});

appTest('contracts and people are edited in small forms; what cannot be read stays in its field', async app => {
  await openExample(app, 'Hospital trust');
  await app.page.getByRole('tab', { name: 'Risk', exact: true }).click();
  await app.page.getByRole('button', { name: 'Records', exact: true }).click();
  await app.page.getByRole('button', { name: 'Contracts', exact: true }).click();
  await app.page.locator('.record-list summary', { hasText: 'Laboratory systems' }).click();
  const form = app.page.locator('details[open] .record-form');
  await form.getByLabel('Last day').fill('soon');
  await app.page.keyboard.press('Enter');
  assert.match(await form.locator('.field-error').innerText(), /Type a day such as/);
  assert.equal(await form.getByLabel('Last day').inputValue(), 'soon');
  await form.getByLabel('Last day').fill('31/12/2027');
  await app.page.keyboard.press('Enter');
  await app.frames(2);
  assert.equal(await form.getByLabel('Last day').inputValue(), '2027-12-31');
  assert.match(await status(app), /Changed contract Laboratory systems/);
  await app.page.getByRole('button', { name: 'Who knows what' }).click();
  await app.page.getByRole('button', { name: 'Add a person' }).click();
  await app.frames(2);
  assert.match(await app.page.locator('.record-list h2').innerText(), /40/);
  await assertAccessible(app.page);
});

appTest('a risk is put on the register and counts at once', async app => {
  await openExample(app, 'Hospital trust');
  await app.page.getByRole('tab', { name: 'Risk', exact: true }).click();
  await app.page.getByRole('button', { name: 'Risk register', exact: true }).click();
  const rows = app.page.locator('.data-table tbody tr');
  assert.equal(await rows.count(), 11);
  await app.page.getByRole('button', { name: 'Add or change risks' }).click();
  await app.page.getByRole('button', { name: 'Add a risk' }).click();
  await app.page.locator('.record-list summary', { hasText: 'If (cause)' }).click();
  const form = app.page.locator('details[open] .record-form');
  for (const [label, text] of [['What', 'If the mail stops, then referrals wait, so people are seen late'], ['Systems', 'E-mail'], ['Times a year', '0.5 (0.2–1)'], ['Pounds lost each time', 'staff time 10,000–40,000']]) {
    await form.getByLabel(label, { exact: true }).fill(text);
    await app.page.keyboard.press('Enter');
    await app.frames(2);
  }
  await app.page.getByRole('button', { name: 'Risk register', exact: true }).click();
  assert.equal(await rows.count(), 12);
  assert.match(await app.page.locator('.data-table tbody').innerText(), /If the mail stops[\s\S]*E-mail[\s\S]*0\.5 \(0\.2–1\)\s+£1\d,000/);
});

async function riskPage(app, name) {
  await app.page.getByRole('tab', { name: 'Risk', exact: true }).click();
  await app.page.locator('.risk-view').getByRole('button', { name, exact: true }).click();
  await app.frames(2);
}

const pagesOf = pdf => (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;

appTest('the six lenses stand side by side, sort, and lead to the system', async app => {
  await openExample(app, 'Hospital trust');
  await riskPage(app, 'Six lenses');
  const table = app.page.getByRole('table', { name: 'Every system through each lens' });
  assert.ok(await table.locator('tbody tr').count() > 100);
  const words = await app.page.locator('.report').innerText();
  assert.match(words, /: \d+(st|nd|rd|th) by \w+, \d+(st|nd|rd|th) in the order/);
  const cost = table.getByRole('button', { name: 'Cost a year' });
  await cost.click();
  await cost.click();
  assert.match(await table.locator('tbody tr').first().innerText(), /£/);
  assert.match(await table.locator('tbody tr').last().innerText(), /not known/);
  await assertAccessible(app.page);
  const name = await table.locator('tbody tr .link-button').first().innerText();
  await table.locator('tbody tr .link-button').first().click();
  await app.frames(3);
  assert.equal(await app.page.locator('#component-name').inputValue(), name);
});

appTest('weak points: worked out with a bar that can be stopped, each with its chain and its sentence', async app => {
  await openExample(app, 'Hospital trust');
  await riskPage(app, 'Weak points');
  await app.page.getByRole('progressbar').waitFor();
  await app.page.getByRole('button', { name: 'Stop working it out' }).click();
  assert.match(await status(app), /Stopped/);
  await app.page.getByRole('button', { name: 'Work it out' }).click();
  await app.page.locator('.work-line').waitFor({ state: 'detached', timeout: 50_000 });
  const headings = await app.page.locator('.report h2').allInnerTexts();
  assert.deepEqual(headings, ['Shared causes', 'What stops a service all by itself', 'Circles', 'Harm before recovery', 'How often services stop', 'What mending is worth']);
  const stops = app.page.getByRole('table', { name: 'How often services stop' });
  assert.equal(await stops.locator('tbody tr', { hasText: 'pathway' }).count(), 6);
  await assertAccessible(app.page);
  // What a site takes with it is shown on the map, all of it selected.
  await app.page.getByRole('table', { name: 'Shared causes' }).getByRole('button', { name: 'Main building' }).click();
  await app.frames(3);
  assert.match(await app.page.locator('.side').innerText(), /25 selected/);
});

appTest('the top risks fit on one printed page for both readers, and each sheet on one', async app => {
  await openExample(app, 'Hospital trust');
  await riskPage(app, 'Summary');
  await app.page.getByText(/one year in ten costs/).waitFor({ timeout: 50_000 });
  await app.page.getByRole('button', { name: 'On one page' }).click();
  for (const readers of ['For a board', 'For clinicians']) {
    await app.page.getByRole('button', { name: readers }).click();
    await app.frames(2);
    assert.equal(await app.page.locator('.top-risk').count(), 10);
    assert.equal(pagesOf(await app.page.pdf({ preferCSSPageSize: true })), 1, readers);
  }
  await riskPage(app, 'Sheets');
  assert.equal(await app.page.locator('.sheet').count(), 10);
  assert.equal(pagesOf(await app.page.pdf({ preferCSSPageSize: true })), 10);
  await app.page.getByLabel('Sheet of').selectOption({ index: 3 });
  await app.frames(2);
  assert.equal(await app.page.locator('.sheet tbody tr').count(), 13);
  assert.equal(pagesOf(await app.page.pdf({ preferCSSPageSize: true })), 1);
  await assertAccessible(app.page);
});

appTest('facts suggest answers; a person accepts one or all, and the answer says where it comes from', async app => {
  await openExample(app, 'Hospital trust');
  // The first system with an open question that the facts can answer.
  for (let row = 0; ; row++) {
    await app.page.getByRole('tab', { name: 'Ranking' }).click();
    await app.page.locator('.rank-row').nth(row).click();
    await app.page.getByRole('tab', { name: 'Details' }).click();
    await app.frames(2);
    if (await app.page.locator('.section.suggestion').count() > 0) break;
    assert.ok(row < 40, 'some system has an open question that the facts answer');
  }
  const open = Number(/(\d+) open questions/.exec(await app.page.locator('.section.suggestion').innerText())?.[1] ?? 1);
  for (const group of ['How likely is trouble?', 'How bad would it be?']) await app.page.getByText(group).click();
  const one = app.page.locator('.question .suggestion').filter({ hasText: 'The facts suggest' }).first();
  const reason = /The facts suggest \d – [^.]*\. (.*)/.exec(await one.locator('p').innerText())[1];
  await one.getByRole('button').click();
  await app.frames(2);
  assert.match(await status(app), /Accepted 1 answer from the facts/);
  assert.ok((await app.page.locator('.side').innerText()).includes(`: ${reason}`), 'the reason stays with the answer');
  assert.match(await app.page.locator('.side').innerText(), /Suggested from facts, \d{4}-\d\d-\d\d/);
  if (open > 1) {
    await app.page.locator('.section.suggestion').getByRole('button').click();
    await app.frames(2);
  }
  await assertAccessible(app.page, { within: '.side' });
});

appTest('the judged order is moved by buttons, by keys and by dragging, and asks for the reason', async app => {
  await openExample(app, 'Hospital trust');
  await app.page.getByRole('tab', { name: 'Ranking' }).click();
  await app.page.getByRole('button', { name: 'As judged' }).click();
  await app.page.locator('.work-line').waitFor({ state: 'detached', timeout: 30_000 });
  const rows = app.page.locator('.judged-list > li');
  const place = () => app.page.locator('.judge-form').getByLabel('Place').inputValue();
  await rows.nth(4).locator('.judged-grip').dragTo(rows.nth(2));
  await app.frames(2);
  assert.equal(await place(), '3');
  await app.page.getByRole('button', { name: 'Leave it where it was' }).click();
  assert.equal(await app.page.locator('.judge-form').count(), 0);
  const fifth = (await rows.nth(4).locator('.link-button').innerText()).trim();
  await rows.nth(4).getByRole('button', { name: `Move ${fifth} up` }).click();
  assert.equal(await place(), '4');
  for (let i = 0; i < 2; i++) await rows.nth(4).locator('.judged-row .link-button').press('Alt+ArrowUp');
  await app.frames(2);
  assert.equal(await place(), '2');
  const form = app.page.locator('.judge-form');
  await form.getByLabel(/Reason/).fill('The ward has no other way to see results at night, the sum misses it.');
  await form.getByLabel(/Judged by/).fill('Chief nurse');
  await form.getByRole('button', { name: 'Record judgement' }).click();
  await app.frames(3);
  assert.match(await rows.nth(1).innerText(), /by risk 5[\s\S]*Chief nurse/);
  assert.match(await app.page.locator('.side').innerText(), /agree to 0\.\d\d of 1/);
});

appTest('every page about risk is reached by keys alone, by the menu and by name', async app => {
  await openExample(app, 'Hospital trust');
  const heading = { 'Show the six lenses': 'Every system through each lens', 'Show the weak points': 'Shared causes', 'Show matrices, bars and curves': 'Pictures', 'Show the risk register': 'Risk register', 'Show contracts, people, pathways and other records': 'Pathways (6)', 'Show the sheets to report': 'Sheet of', 'Show the summary for board or clinicians': 'The ten greatest risks' };
  for (const [action, words] of Object.entries(heading)) {
    await app.page.keyboard.press('Control+k');
    await app.page.keyboard.type(action);
    await app.frames(2);
    await app.page.keyboard.press('Enter');
    await app.page.locator('.risk-view').getByText(words).first().waitFor();
  }
  // Long computations are stopped by name, too, and go on by the menu.
  await menu(app, 'Risk', 'Show the weak points');
  await app.page.getByRole('progressbar').first().waitFor();
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('Stop working out');
  await app.frames(2);
  await app.page.keyboard.press('Enter');
  assert.match(await status(app), /Stopped/);
  await menu(app, 'Risk', 'Go on working out the figures');
  await app.page.locator('.risk-view').getByText('How often services stop').waitFor({ timeout: 50_000 });
});

appTest('where a value comes from is said and shown, and a system has a field for every fact', async app => {
  await openExample(app, 'Hospital trust');
  await app.page.getByRole('tab', { name: 'Ranking' }).click();
  await app.page.locator('.rank-row').nth(2).click();
  await app.page.getByRole('tab', { name: 'Details' }).click();
  const side = app.page.locator('.side');
  await side.getByText('How likely is trouble?').click();
  await side.getByRole('button', { name: 'Where it comes from: L1' }).click();
  const source = side.getByRole('group', { name: 'Where it comes from: L1' });
  await source.getByLabel('Rests on').selectOption('Interview');
  await source.getByLabel('Said by').fill('Ward manager');
  await app.page.keyboard.press('Enter');
  await source.getByLabel(/Why it is not known/).fill('hm');
  await source.getByLabel('As of').focus();
  assert.match(await side.locator('.field-error').innerText(), /at least 10 characters/);
  await app.frames(2);
  assert.match(await side.innerText(), /Ward manager/);
  await side.getByText('The system', { exact: true }).click();
  await side.getByLabel('Made with').fill('Windows Server | 2012 R2 | C#');
  await side.getByLabel('Supplier').focus();
  await app.frames(2);
  assert.match(await status(app), /^Changed /);
  await assertAccessible(app.page, { within: '.side' });
});
