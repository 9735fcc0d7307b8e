// A map from nothing to a saved file without a pointer, and what a screen reader hears on the way.
import assert from 'node:assert/strict';
import { appTest } from '../lib/app.mjs';
import { details, openTeaShop } from '../lib/map.mjs';

const heard = app => app.page.locator('#announce-polite').innerText();
const focusName = app => app.page.locator('#map-focus').getAttribute('aria-label');
const press = async (app, ...keys) => {
  for (const key of keys) await app.page.keyboard.press(key);
  await app.frames(2);
};

appTest('Tab reaches the map by the skip link, and leaves it again', async app => {
  await press(app, 'Tab');
  assert.equal(await app.page.evaluate(() => document.activeElement.textContent), 'Skip to the map');
  await press(app, 'Enter');
  await app.page.waitForFunction(() => document.activeElement.id === 'map');
  await press(app, 'Tab');
  assert.notEqual(await app.page.evaluate(() => document.activeElement.id), 'map');
});

appTest('builds, links, moves, renames, undoes and saves a map by keyboard alone', { ignore: [/beforeunload/] }, async app => {
  await app.page.evaluate(() => { delete window.showSaveFilePicker; });
  await press(app, 'Tab', 'Enter');
  await app.page.waitForFunction(() => document.activeElement.id === 'map');

  await press(app, 'u');
  await app.page.keyboard.type('Patient');
  await press(app, 'Enter');
  await app.page.waitForFunction(() => document.activeElement.id === 'map');
  assert.match(await heard(app), /Patient/);

  await press(app, 'Control+Enter');
  await app.page.keyboard.type('Appointment');
  await press(app, 'Tab');
  // Tab in the name takes it and asks for what it needs.
  await app.page.keyboard.type('Booking system');
  await press(app, 'Enter');
  const { components, links } = await app.mapState();
  assert.deepEqual([components, links], [3, 2]);

  await app.page.locator('#map').focus();
  const before = await details(app);
  assert.equal(before.name, 'Booking system');
  await press(app, 'ArrowRight', 'ArrowRight', 'Shift+ArrowDown');
  const after = await details(app);
  assert.equal(Math.round(after.evolution - before.evolution), 2);
  assert.equal(Math.round(before.visibility - after.visibility), 5);
  assert.match(await heard(app), /Moved Booking system to/);

  await press(app, 'F2');
  await app.page.keyboard.type('Booking');
  await press(app, 'Enter');
  assert.equal((await details(app)).name, 'Booking');
  await press(app, 'Control+z');
  assert.equal((await details(app)).name, 'Booking system');

  const file = await app.download(() => press(app, 'Control+s'));
  assert.match(file.name, /\.json$/);
  const saved = JSON.parse(file.text);
  assert.ok(file.text.includes('Booking system') && file.text.includes('Patient'), Object.keys(saved).join());
  assert.match(await app.page.locator('#save-state').innerText(), /Saved to file \d\d:\d\d/);
});

appTest('arrows walk without moving anything, Space selects, the names say all there is', async app => {
  await openTeaShop(app);
  await app.page.locator('#map').focus();
  await app.frames(2);
  await press(app, 'ArrowDown');
  const names = new Set([await focusName(app)]);
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp']) {
    await press(app, key);
    names.add(await focusName(app));
  }
  assert.ok(names.size >= 4, [...names].join('\n'));
  assert.equal(await app.page.locator('#map').getAttribute('data-selection-count'), '0');
  assert.match([...names].join('\n'), /Hot Water, component, evolution Commodity 80 %, visibility 52 %, needs 1, needed by 1/);
  assert.equal(await app.page.locator('#map').getAttribute('aria-activedescendant'), 'map-focus');
  await press(app, ' ');
  assert.equal(await app.page.locator('#map').getAttribute('data-selection-count'), '1');
  assert.match(await heard(app), /Selected/);
  await press(app, 'Escape');
  assert.equal(await app.page.locator('#map').getAttribute('data-selection-count'), '0');
});

appTest('links to a component by typing its name', async app => {
  await openTeaShop(app);
  await app.page.locator('#map').focus();
  await press(app, 'Control+f');
  await app.page.keyboard.type('cup');
  await press(app, 'ArrowDown', 'Enter');
  await app.page.waitForFunction(() => document.activeElement.id === 'map');
  await press(app, 'l');
  if (await app.page.getByRole('dialog').count() === 0) {
    // The letter takes up the link tool; the list of names is on the selection bar.
    await press(app, 'Escape');
    await app.page.getByRole('button', { name: 'Link to…' }).first().focus();
    await press(app, 'Enter');
  }
  await app.page.locator('#chooser-field').fill('pow');
  await press(app, 'Enter');
  await app.frames(2);
  assert.equal((await app.mapState()).links, 7);
});

appTest('letters can be switched off; the rest goes on working', async app => {
  await press(app, '?');
  await app.page.getByLabel('Single-letter shortcuts on the map').uncheck();
  await press(app, 'Escape');
  await app.page.locator('#map').focus();
  await press(app, 'n');
  assert.equal(await app.page.locator('#map-editor').isVisible(), false);
  await press(app, 'Insert');
  assert.equal(await app.page.locator('#map-editor').isVisible(), true);
  await app.page.reload();
  await app.started();
  await app.page.locator('#map').focus();
  await press(app, 'n');
  assert.equal(await app.page.locator('#map-editor').isVisible(), false, 'the choice is kept');
});

appTest('the palette finds every action by a part of its name', async app => {
  await openTeaShop(app);
  await press(app, 'Control+k');
  await app.page.keyboard.type('select all');
  await press(app, 'Enter');
  await app.frames(2);
  assert.equal(await app.page.locator('#map').getAttribute('data-selection-count'), '7');
});

appTest('menus open, walk and close by keyboard', async app => {
  await openTeaShop(app);
  await app.page.getByRole('button', { name: 'Menu', exact: true }).focus();
  await press(app, 'Enter', 'ArrowDown', 'ArrowRight');
  assert.equal(await app.page.evaluate(() => document.activeElement.querySelector('.menu-label').textContent), 'Undo');
  await press(app, 'ArrowLeft');
  assert.equal(await app.page.evaluate(() => document.activeElement.querySelector('.menu-label').textContent), 'Edit');
  await press(app, 'Escape');
  assert.equal(await app.page.evaluate(() => document.activeElement.id), 'main-menu');
  assert.equal(await app.page.getByRole('menu').count(), 0);
});

appTest('P leaves nothing but the view, fitted to its room; Escape or the button bring everything back', async app => {
  await openTeaShop(app);
  const tools = app.page.getByRole('navigation', { name: 'Tools' });
  await app.page.locator('#map').focus();
  const before = (await app.page.locator('#map').boundingBox()).width;
  await press(app, 'p');
  await tools.waitFor({ state: 'hidden' });
  assert.ok((await app.page.locator('#map').boundingBox()).width > before + 200);
  await press(app, 'Escape');
  await tools.waitFor({ state: 'visible' });
  await press(app, 'p');
  await app.page.getByRole('button', { name: 'Show everything' }).click();
  await tools.waitFor({ state: 'visible' });
});
