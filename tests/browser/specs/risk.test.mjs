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
    await app.page.getByRole('button', { name: list }).click();
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

  await app.page.getByRole('button', { name: 'Pictures' }).click();
  const pictures = app.page.locator('.picture');
  assert.equal(await pictures.count(), 5);
  for (const picture of await pictures.all()) {
    assert.ok((await picture.locator('svg').getAttribute('aria-label')).length > 40);
    assert.ok(await picture.locator('tbody tr').count() > 0);
  }
  await assertAccessible(app.page);

  await app.page.getByRole('button', { name: 'Risk register' }).click();
  await app.page.getByRole('button', { name: 'Cost a year' }).click();
  await app.page.getByRole('button', { name: 'Cost a year' }).click();
  assert.match(await app.page.locator('.data-table tbody tr').last().innerText(), /not known/);
  const file = await app.download(() => app.page.getByRole('button', { name: /Export for a spreadsheet/ }).click());
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
  await app.page.getByRole('button', { name: 'Risk register' }).click();
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
  await app.page.getByRole('button', { name: 'Risk register' }).click();
  assert.equal(await rows.count(), 12);
  assert.match(await app.page.locator('.data-table tbody').innerText(), /If the mail stops[\s\S]*E-mail[\s\S]*0\.5 \(0\.2–1\)\s+£1\d,000/);
});
