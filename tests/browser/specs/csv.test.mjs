// Tables are looked at before they are taken in: guesses put right, dates asked about, one step, out and back again.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { appTest } from '../lib/app.mjs';
import { menu, openTeaShop, status } from '../lib/map.mjs';
import { assertAccessible } from '../lib/accessibility.mjs';

const review = app => app.page.getByRole('dialog', { name: /Check before taking in/ });
const summary = app => review(app).locator('.import-summary').innerText();
const folder = process.env.PORTOLAN_CORPUS;
const inventory = folder && path.join(folder, 'inventories', 'assessment_template.csv');

appTest('a real inventory is reviewed, a column chosen, and opened as a map', { test: { skip: !(inventory && fs.existsSync(inventory)) } }, async app => {
  await app.dropFile(inventory);
  await review(app).waitFor();
  assert.equal(await summary(app), 'The file makes 211 systems and makes 85 links.');
  await assertAccessible(app.page);
  await review(app).getByLabel('“Usage” means').selectOption('Users');
  await app.frames(2);
  await app.thenPainted(() => review(app).getByRole('button', { name: 'Open as a new map' }).click());
  assert.equal((await app.mapState()).components, 211);
  await app.page.getByRole('tab', { name: 'Table' }).click();
  await app.page.getByText('Columns', { exact: true }).click();
  await app.page.getByLabel('Users', { exact: true }).check();
  await app.frames(2);
  assert.match(await app.page.locator('.system-table tbody').innerText(), /311 System Platform[\s\S]*\b244\b/);
});

appTest('a table joins the open map by keys alone: a wrong guess and an open date put right, one step to undo', async app => {
  await openTeaShop(app);
  await app.dropFile({ name: 'systems.csv', text: 'Name,Who,EOL\nKettle,Estates,03/04/2026\nTeapot,Estates,05/06/2026\n' });
  await review(app).waitFor();
  assert.equal(await summary(app), 'The file makes 1 system and changes 1 system.');
  assert.match(await review(app).innerText(), /“03\/04\/2026” can be read in two ways/);
  await review(app).getByLabel('Month first: 03/04 is 4 March').focus();
  await app.page.keyboard.press('Space');
  const who = review(app).getByLabel('“Who” means');
  await who.focus();
  await app.page.keyboard.type('Own');
  await app.frames(2);
  assert.equal(await who.locator('option:checked').innerText(), 'Owner');
  await review(app).getByText('Changes, field by field').focus();
  await app.page.keyboard.press('Enter');
  assert.match(await review(app).locator('.import-changes').innerText(), /Kettle[\s\S]*found by its name[\s\S]*Owner[\s\S]*Estates[\s\S]*2026-03-04/);
  await assertAccessible(app.page);
  await review(app).getByRole('button', { name: 'Add to this map' }).focus();
  await app.thenPainted(() => app.page.keyboard.press('Enter'));
  const after = (await app.mapState()).components;
  await app.thenPainted(() => app.page.keyboard.press('Control+z'));
  assert.equal((await app.mapState()).components, after - 1);
});

appTest('a messy file is read as far as it goes, and what is not is named with its row', async app => {
  const text = 'Register 2026;;\r\n;;\r\nName;Owner;L1 Support\r\n"Portal\r\nfor patients";Zoë;9\r\nDesk;Bob;4\r\nTotal;2;13\r\n';
  const bytes = Uint8Array.from([...text].map(letter => letter.charCodeAt(0)));
  await app.dropFile({ name: 'messy.csv', bytes });
  await review(app).waitFor();
  const words = await review(app).innerText();
  assert.match(words, /Row 4, L1 Support: “9”/);
  assert.match(words, /Row 1: It stands above the headings/);
  assert.match(words, /Row 6: It sums the others up/);
  assert.equal(await review(app).getByLabel('Letters').locator('option:checked').innerText(), 'Windows, Western Europe (1252)');
  assert.match(words, /Zoë/);
  await app.page.keyboard.press('Escape');
  await app.frames(2);
  assert.equal((await app.mapState()).components, 0, 'cancelled: nothing happened');
  // A table nobody can make sense of waits for the columns to be chosen.
  await app.dropFile({ name: 'numbers.csv', text: '1,2\n3,4\n' });
  assert.match(await review(app).innerText(), /Choose the column with the names of the systems/);
  assert.ok(await review(app).getByRole('button', { name: 'Nothing to take in' }).isDisabled());
});

appTest('what was exported comes back without a change', async app => {
  await openTeaShop(app);
  const file = await app.download(() => menu(app, 'File', 'Export systems (CSV)'));
  assert.ok(file.text.startsWith('\ufeffid,label,'), file.text.slice(0, 40));
  await app.dropFile({ name: file.name, bytes: file.bytes });
  await review(app).waitFor();
  assert.equal(await summary(app), 'Nothing would change.');
  await app.dropFile({ name: file.name, text: file.text.replace('Kettle,', 'Big kettle,') });
  await app.frames(2);
  assert.equal(await summary(app), 'The file changes 1 system.');
  await review(app).getByRole('button', { name: 'Add to this map' }).click();
  assert.match(await status(app), /changes 1 system/);
});
