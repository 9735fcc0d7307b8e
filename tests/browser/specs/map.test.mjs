// Editing on the map with the pointer: what a user sees and what the numbers say.
import assert from 'node:assert/strict';
import { appTest } from '../lib/app.mjs';
import { clickAt, details, drag, dragPoints, menu, openTeaShop, placeOf, status } from '../lib/map.mjs';

const counts = async app => {
  const { components, links } = await app.mapState();
  return [components, links];
};

const near = (actual, wanted, by, what) => assert.ok(Math.abs(actual - wanted) <= by, `${what}: ${actual} instead of ${wanted}`);

appTest('opens a dropped map text', async app => {
  await openTeaShop(app);
  assert.deepEqual(await counts(app), [7, 6]);
  assert.equal(await app.page.locator('#map-title').inputValue(), 'Tea Shop');
  assert.match(await app.page.title(), /Tea Shop/);
});

appTest('a double click adds a component that is named in place', async app => {
  await app.page.mouse.dblclick(...await placeOf(app, 0.3, 0.6));
  await app.page.keyboard.type('Booking');
  await app.page.keyboard.press('Enter');
  await app.frames(3);
  assert.deepEqual(await counts(app), [1, 0]);
  const made = await details(app);
  assert.equal(made.name, 'Booking');
  near(made.evolution, 30, 1, 'evolution');
  near(made.visibility, 60, 1, 'visibility');
  await app.page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  assert.deepEqual(await counts(app), [0, 0]);
  await app.page.getByRole('button', { name: 'Redo', exact: true }).click();
  assert.deepEqual(await counts(app), [1, 0]);
});

appTest('dragging moves a component in one step, and Escape gives it up', async app => {
  await openTeaShop(app);
  await drag(app, [0.35, 0.43], [0.5, 0.5], [0.55, 0.3]);
  const moved = await details(app);
  assert.equal(moved.name, 'Kettle');
  near(moved.evolution, 55, 1, 'evolution');
  near(moved.visibility, 30, 1, 'visibility');
  assert.match(await status(app), /Moved Kettle/);
  await app.page.keyboard.press('Control+z');
  near((await details(app)).evolution, 35, 0, 'evolution after one undo');

  const [from, to] = [await placeOf(app, 0.35, 0.43), await placeOf(app, 0.6, 0.6)];
  await app.page.mouse.move(...from);
  await app.page.mouse.down();
  await app.page.mouse.move(...to, { steps: 4 });
  await app.page.keyboard.press('Escape');
  await app.page.mouse.up();
  await app.frames(2);
  near((await details(app)).evolution, 35, 0, 'evolution after Escape');
});

appTest('Shift keeps one axis, Alt leaves a copy', async app => {
  await openTeaShop(app);
  await app.page.keyboard.down('Shift');
  await drag(app, [0.35, 0.43], [0.5, 0.45]);
  await app.page.keyboard.up('Shift');
  near((await details(app)).visibility, 43, 0, 'visibility');
  await app.page.keyboard.down('Alt');
  await drag(app, [0.5, 0.43], [0.3, 0.3]);
  await app.page.keyboard.up('Alt');
  assert.equal((await counts(app))[0], 8);
});

appTest('links by dragging the handle, and by two clicks', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.78, 0.73);
  const handle = await app.page.locator('[data-handle=link]').boundingBox();
  await dragPoints(app, [handle.x + 12, handle.y + 12], await placeOf(app, 0.7, 0.1));
  assert.deepEqual(await counts(app), [7, 7]);
  assert.match(await status(app), /Linked Cup/);

  await app.page.getByRole('button', { name: 'Link', exact: true }).click();
  await clickAt(app, 0.81, 0.63);
  await clickAt(app, 0.35, 0.43);
  assert.deepEqual(await counts(app), [7, 8]);
});

appTest('a link drawn into the open asks for the name of what is needed', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  const handle = await app.page.locator('[data-handle=link]').boundingBox();
  await dragPoints(app, [handle.x + 12, handle.y + 12], await placeOf(app, 0.25, 0.2));
  await app.page.keyboard.type('Socket');
  await app.page.keyboard.press('Enter');
  await app.frames(2);
  assert.deepEqual(await counts(app), [8, 7]);
  assert.equal((await details(app)).name, 'Socket');
});

appTest('moves without dragging: choose Move, click the spot', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.7, 0.1);
  await app.page.getByRole('button', { name: 'Move…' }).click();
  await clickAt(app, 0.9, 0.2);
  const moved = await details(app);
  near(moved.evolution, 90, 1, 'evolution');
  near(moved.visibility, 20, 1, 'visibility');
});

appTest('says where a component is going, by handle and by number', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  const handle = await app.page.locator('[data-handle=evolve]').boundingBox();
  await dragPoints(app, [handle.x + 12, handle.y + 12], await placeOf(app, 0.62, 0.43));
  near(Number((await details(app)).going), 62, 2, 'going to');
  await app.page.locator('#component-evolves').fill('80');
  await app.page.keyboard.press('Enter');
  assert.equal((await details(app)).going, '80');
  await app.page.keyboard.press('Control+z');
});

appTest('selects several with a marquee and with Shift', async app => {
  await openTeaShop(app);
  await drag(app, [0.7, 0.84], [0.9, 0.45]);
  assert.equal(await app.page.locator('#map').getAttribute('data-selection-count'), '3');
  await app.page.keyboard.down('Shift');
  await clickAt(app, 0.35, 0.43);
  await clickAt(app, 0.7, 0.1);
  await app.page.keyboard.up('Shift');
  assert.equal(await app.page.locator('#map').getAttribute('data-selection-count'), '5');
  await app.page.keyboard.press('Escape');
  await app.frames(2);
  assert.equal(await app.page.locator('#map').getAttribute('data-selection-count'), '0');
});

appTest('the wheel moves the view, with Ctrl it zooms about the pointer, and the picture becomes sharp again', async app => {
  await openTeaShop(app);
  const point = await placeOf(app, 0.8, 0.52);
  await app.page.mouse.move(...point);
  const before = await placeOf(app, 0.8, 0.52);
  const painted = await app.painted();
  await app.page.mouse.wheel(0, 60);
  await app.frames(2);
  const panned = await placeOf(app, 0.8, 0.52);
  near(panned[1], before[1] - 60, 1, 'height after panning');
  await app.page.mouse.wheel(0, -60);
  await app.frames(2);
  await app.page.keyboard.down('Control');
  await app.page.mouse.wheel(0, -200);
  await app.page.keyboard.up('Control');
  await app.waitPainted(painted);
  const zoomed = await placeOf(app, 0.8, 0.52);
  near(zoomed[0], before[0], 1, 'place under the pointer');
  near(zoomed[1], before[1], 1, 'place under the pointer');
  await app.page.getByRole('button', { name: 'Fit the whole map' }).click();
  near((await placeOf(app, 0.8, 0.52))[0], before[0], 1, 'place after fitting');
});

appTest('the view moves by clicks alone', async app => {
  await openTeaShop(app);
  const before = await placeOf(app, 0.5, 0.5);
  await app.page.getByRole('button', { name: 'Pan', exact: true }).click();
  await app.page.getByRole('button', { name: 'Move the view right' }).click();
  await app.frames(2);
  const after = await placeOf(app, 0.5, 0.5);
  assert.ok(after[0] < before[0] - 50, `${before} ${after}`);
});

appTest('the right button opens a menu for what is under it', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43, { button: 'right' });
  await app.page.getByRole('menuitem', { name: /^Delete/ }).click();
  await app.frames(2);
  assert.deepEqual(await counts(app), [6, 4]);
  assert.match(await status(app), /Deleted Kettle/);
});

appTest('copies and pastes, also lines of text from elsewhere', async app => {
  await app.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await app.page.keyboard.press('Control+c');
  await app.page.waitForTimeout(200);
  await app.page.keyboard.press('Control+v');
  await app.page.waitForFunction(() => document.querySelector('#map').dataset.components === '8');
  await app.page.evaluate(() => navigator.clipboard.writeText('Spoon\nSugar\n'));
  await app.page.keyboard.press('Control+v');
  await app.page.waitForFunction(() => document.querySelector('#map').dataset.components === '10');
});

appTest('duplicates and deletes from the menu', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await menu(app, 'Edit', /^Duplicate/);
  await app.frames(2);
  assert.equal((await counts(app))[0], 8);
  await menu(app, 'Edit', /^Delete/);
  await app.frames(2);
  assert.equal((await counts(app))[0], 7);
});
