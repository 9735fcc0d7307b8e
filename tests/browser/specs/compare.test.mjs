// Comparing two maps by meaning: the list, the picture, matches put right by hand, merging with a conflict, undo.
import assert from 'node:assert/strict';
import path from 'node:path';
import { assertAccessible } from '../lib/accessibility.mjs';
import { appTest } from '../lib/app.mjs';
import { clickAt, menu, status, TEA_SHOP } from '../lib/map.mjs';

const BASE = { name: 'base.owm', text: TEA_SHOP };
// One moved the kettle and named the power; another moved the kettle elsewhere, renamed the cup and added milk.
const OURS = { name: 'ours.owm', text: TEA_SHOP.replace('Kettle [0.43, 0.35]', 'Kettle [0.43, 0.55]').replaceAll('Power', 'Mains') };
const THEIRS = {
  name: 'theirs.owm',
  text: `${TEA_SHOP.replace('Kettle [0.43, 0.35]', 'Kettle [0.43, 0.2]').replace('component Cup [', 'component Mug [')
    .replace('Cup of Tea->Cup\n', 'Cup of Tea->Mug\n')}component Milk [0.6, 0.9]\nCup of Tea->Milk\n`,
};
const SAMPLES = new URL('../../../src/app/samples/', import.meta.url).pathname;

// The way of browsers without the File System Access API.
async function compare(app, first, second) {
  await app.page.evaluate(() => { delete window.showOpenFilePicker; });
  await app.thenPainted(() => app.dropFile(first));
  await app.thenPainted(() => app.chooseFile(() => menu(app, 'Compare', /^Compare with a file/), second));
}

const rows = app => app.page.locator('.difference').allInnerTexts();
const place = app => app.page.locator('.compare-place').innerText();
const letters = app => compare(app, path.join(SAMPLES, 'letters-before.map.json'), path.join(SAMPLES, 'letters-after.map.json'));

appTest('lists what differs in sentences, grouped and counted, and walks by key to each on the map', async app => {
  await letters(app);
  const all = await rows(app);
  assert.ok(all.length > 20);
  assert.ok(all.some(row => row.includes('Cloud hosting is new')), all.join('\n'));
  assert.ok(all.some(row => row.includes('Old server is gone')));
  const groups = await app.page.locator('.difference-list h2').allInnerTexts();
  const counted = groups.map(it => Number(it.match(/\((\d+)\)/)[1])).reduce((a, b) => a + b, 0);
  assert.equal(counted, all.length);

  await app.page.locator('.difference').first().focus();
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Enter');
  assert.equal(await place(app), `Difference 3 of ${all.length}`);
  await app.page.keyboard.press('Alt+PageDown');
  assert.equal(await place(app), `Difference 4 of ${all.length}`);
  await app.page.keyboard.press('Alt+PageUp');
  await app.page.keyboard.press('Alt+PageUp');
  assert.equal(await place(app), `Difference 2 of ${all.length}`);
  // What people are at has a ring on the map and is current in the list.
  assert.equal(await app.page.locator('.difference[aria-current=true]').count(), 1);
  assert.ok(await app.page.locator('.map-mark.is-selected').first().isVisible());

  await app.page.getByRole('button', { name: /^Removed/ }).click();
  assert.ok((await rows(app)).every(row => row.includes(' is gone')));
  await assertAccessible(app.page);
});

appTest('draws both maps, before or after, and a click on the map goes to the difference', async app => {
  await compare(app, OURS, THEIRS);
  await clickAt(app, 0.9, 0.6);
  assert.equal(await app.page.locator('.difference[aria-current=true]').innerText().then(it => it.includes('Milk is new')), true);
  for (const [name, said] of [['Before', 'The map before is drawn.'], ['After', 'The map after is drawn.'], ['Both', 'Both maps are drawn']]) {
    await app.thenPainted(() => app.page.getByRole('group', { name: 'What is drawn' }).getByRole('button', { name }).click());
    assert.ok((await status(app)).startsWith(said));
  }
  // A drag moves the view and no component.
  const before = (await app.mapState()).view;
  const kettle = await app.at(0.43, 0.2);
  await app.page.mouse.move(kettle.x, kettle.y);
  await app.page.mouse.down();
  await app.page.mouse.move(kettle.x + 80, kettle.y + 30, { steps: 4 });
  await app.page.mouse.up();
  await app.frames(2);
  assert.notEqual((await app.mapState()).view, before);
  assert.ok(await app.page.getByRole('button', { name: 'Undo' }).isDisabled());

  await menu(app, 'File', /^Export picture…/);
  const picture = await app.download(() => app.page.getByRole('dialog').getByRole('button', { name: 'Save picture' }).click());
  for (const sign of ['>+<', '>~<']) assert.ok(picture.text.includes(sign));
  const report = await app.download(() => app.page.getByRole('button', { name: 'Download the report' }).click());
  assert.match(report.text, /^From ours\.owm to theirs\.owm\n/);
  assert.match(report.text, /\+ Milk/);
  await menu(app, 'Compare', /^Stop comparing/);
  assert.equal(await app.page.locator('.compare-bar').count(), 0);
});

appTest('a match is undone and made by hand', async app => {
  await compare(app, BASE, { name: 'kettle.owm', text: TEA_SHOP.replaceAll('Kettle', 'Electric kettle') });
  assert.ok((await rows(app)).some(row => row.includes('“Kettle” is now called “Electric kettle”')), (await rows(app)).join('\n'));
  await app.page.getByRole('button', { name: 'Matches', exact: true }).click();
  await assertAccessible(app.page);
  await app.page.getByRole('button', { name: 'Not the same: Kettle is Electric kettle' }).click();
  await app.page.getByRole('button', { name: 'Differences', exact: true }).click();
  assert.ok((await rows(app)).some(row => row.includes('Electric kettle is new')));
  await app.page.getByRole('button', { name: 'Matches', exact: true }).click();
  await app.page.getByRole('button', { name: 'They are the same' }).click();
  await app.page.getByText('you said so').waitFor();
  await app.page.getByRole('button', { name: 'Differences', exact: true }).click();
  assert.ok((await rows(app)).some(row => row.includes('“Kettle” is now called “Electric kettle”')));
});

appTest('merges with the version both started from: asks only for what both changed, one step, undone', async app => {
  await compare(app, OURS, THEIRS);
  await app.page.getByRole('button', { name: 'Take over', exact: true }).click();
  await app.chooseFile(app.page.getByRole('button', { name: 'Choose the version both started from…' }), BASE);
  const merge = app.page.getByRole('button', { name: 'Merge with theirs.owm' });
  const conflicts = app.page.locator('fieldset.conflict');
  await conflicts.first().waitFor();
  assert.equal(await conflicts.count(), 1);
  assert.match(await conflicts.innerText(), /Kettle: place[\s\S]*Was: evolution 0\.35[\s\S]*Mine: evolution 0\.55[\s\S]*Theirs: evolution 0\.2/);
  assert.ok(await merge.isDisabled());
  await assertAccessible(app.page);

  // By keyboard: into the radios and to the second one.
  await app.page.getByRole('radio', { name: /^Theirs/ }).focus();
  await app.page.keyboard.press('Space');
  assert.ok(await merge.isEnabled());
  await merge.click();
  assert.match(await status(app), /^Merged with theirs\.owm/);
  await app.page.getByRole('button', { name: 'Differences', exact: true }).click();
  // What is left is what only this map changed.
  assert.deepEqual((await rows(app)).length, 1);
  await app.thenPainted(() => menu(app, 'Compare', /^Stop comparing/));
  assert.equal((await app.mapState()).components, 8);
  await clickAt(app, 0.2, 0.43);
  assert.equal(await app.page.locator('#component-name').inputValue(), 'Kettle');
  await app.page.keyboard.press('Control+z');
  await app.page.waitForFunction(() => document.querySelector('#map').dataset.components === '7');
});

appTest('takes over what is ticked and leaves the rest, at 320 pixels too', { viewport: { width: 320, height: 700 } }, async app => {
  await compare(app, OURS, THEIRS);
  await app.page.getByRole('button', { name: 'Take over', exact: true }).click();
  const take = app.page.getByRole('button', { name: /^Take over( 1 thing)?$/ }).last();
  assert.ok(await take.isDisabled());
  await app.page.getByRole('checkbox', { name: /Milk is new/ }).check();
  await take.click();
  assert.match(await status(app), /^Taken over from theirs\.owm/);
  assert.equal((await app.mapState()).components, 8);
  const overflow = await app.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${overflow} pixels too wide`);
});
