// End-of-support dates from a file of endoflife.date: looked at, put right, set in one step, and counted in the risk.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { appTest } from '../lib/app.mjs';
import { menu, status } from '../lib/map.mjs';
import { assertAccessible } from '../lib/accessibility.mjs';

const fixture = name => new URL(`../../../src/format/support_dates/fixtures/${name}`, import.meta.url).pathname;
const SYSTEMS = `name,product,version
Booking,Windows Server,2012 R2
Letters,Windows Server,
Results,Oracle Database,12.1.0.2
`;

async function openEstate(app) {
  await app.dropFile({ name: 'estate.csv', text: SYSTEMS });
  await app.thenPainted(() => app.page.getByRole('button', { name: 'Open as a new map' }).click());
}

const dialog = app => app.page.getByRole('dialog', { name: /Support dates from/ });

appTest('dates are reviewed, one is put right, set in one step and taken back', async app => {
  await openEstate(app);
  await app.dropFile(fixture('windows-server.json'));
  await dialog(app).waitFor();
  assert.equal(await dialog(app).locator('.import-summary').innerText(), 'Sets the support dates of 1 system.');
  const words = await dialog(app).innerText();
  assert.match(words, /Windows Server 2012 R2[\s\S]*2023-10-10[\s\S]*now \?/);
  assert.match(words, /The map does not say which release/);
  await assertAccessible(app.page);
  // By keys alone: somebody knows what the letters run on.
  await dialog(app).getByLabel('Release of Windows Server', { exact: true }).focus();
  await app.page.keyboard.type('2019');
  await app.frames(2);
  assert.equal(await dialog(app).locator('.import-summary').innerText(), 'Sets the support dates of 2 systems.');
  await dialog(app).getByRole('button', { name: 'Set these dates' }).focus();
  await app.page.keyboard.press('Enter');
  await dialog(app).waitFor({ state: 'detached' });
  assert.match(await status(app), /2 systems have support dates from windows-server\.json/);
  await app.page.getByRole('tab', { name: 'Table' }).click();
  const table = () => app.page.locator('.system-table tbody').innerText();
  assert.match(await table(), /Booking[\s\S]*2023-10-10[\s\S]*Letters[\s\S]*2029-01-09/);
  // The same file again says nothing new.
  await app.dropFile(fixture('windows-server.json'));
  await dialog(app).waitFor();
  assert.ok(await dialog(app).getByRole('button', { name: 'Nothing to set' }).isDisabled());
  await app.page.keyboard.press('Escape');
  await dialog(app).waitFor({ state: 'detached' });
  await app.page.getByRole('tab', { name: 'Map', exact: true }).click();
  await app.page.locator('#map').focus();
  await app.page.keyboard.press('Control+z');
  await app.page.getByRole('tab', { name: 'Table' }).click();
  assert.doesNotMatch(await table(), /2023-10-10/);
});

appTest('a file of the older kind is named by the person, chosen from the menu without losing what is open', async app => {
  await openEstate(app);
  await app.page.evaluate(() => { delete window.showOpenFilePicker; });
  const older = { name: 'oradb.json', text: fs.readFileSync(fixture('oracle-database.json'), 'utf8') };
  await app.chooseFile(() => menu(app, 'File', 'Take in a table or support dates…'), older);
  await dialog(app).waitFor();
  assert.equal(await dialog(app).locator('.import-summary').innerText(), 'No system would get a date.');
  await dialog(app).getByLabel('The file is about').fill('Oracle Database');
  await app.page.keyboard.press('Enter');
  await app.frames(2);
  assert.match(await dialog(app).innerText(), /12\.1\.0\.2 belongs to 12\.1/);
  await dialog(app).getByRole('button', { name: 'Set these dates' }).click();
  assert.match(await status(app), /1 system has support dates/);
  assert.equal((await app.mapState()).components, 3);
});

appTest('a damaged file is refused with its place and changes nothing', async app => {
  await openEstate(app);
  const text = fs.readFileSync(fixture('oracle-database.json'), 'utf8');
  await app.dropFile({ name: 'oracle-database.json', text: text.slice(0, -40) });
  await app.page.getByRole('dialog', { name: /could not be opened|cannot be opened/i }).waitFor();
  assert.match(await app.page.getByRole('dialog').innerText(), /ends too early/);
});
