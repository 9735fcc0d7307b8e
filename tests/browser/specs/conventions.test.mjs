// What hands know from other tools: the facilitator's flow of names, dragging with keys held, pointing, walking.
import assert from 'node:assert/strict';
import { assertAccessible } from '../lib/accessibility.mjs';
import { appTest } from '../lib/app.mjs';
import { clickAt, details, drag, dragPoints, menu, openTeaShop, placeOf, status } from '../lib/map.mjs';

const map = app => app.page.locator('#map');
const heard = app => app.page.locator('#announce-polite').innerText();
const focusName = app => app.page.locator('#map-focus').getAttribute('aria-label');
const near = (actual, wanted, by, what) => assert.ok(Math.abs(actual - wanted) <= by, `${what}: ${actual} instead of ${wanted}`);
const press = async (app, ...keys) => {
  for (const key of keys) await app.page.keyboard.press(key);
  await app.frames(2);
};
const text = app => app.page.locator('#text-source').inputValue();
const counts = async app => {
  const { components, links } = await app.mapState();
  return [components, links];
};

appTest('name, Enter, name, Enter: each hangs on the selected component, and no dialog is in the way', async app => {
  await openTeaShop(app);
  await app.page.keyboard.press('Alt+t');
  await app.page.locator('#text-source').waitFor();
  await clickAt(app, 0.35, 0.43);
  await press(app, 'Insert');
  for (const name of ['Element', 'Thermostat', 'Lid']) {
    assert.ok(await app.page.locator('#map-editor').isVisible());
    await app.page.keyboard.type(name);
    await press(app, 'Enter');
    assert.equal(await app.page.getByRole('dialog').count(), 0);
  }
  await press(app, 'Escape');
  assert.equal(await app.page.locator('#map-editor').isVisible(), false);
  assert.deepEqual(await counts(app), [10, 9]);
  await app.page.waitForFunction(() => document.querySelector('#text-source').value.includes('Kettle->Lid'));
  assert.match(await text(app), /Kettle->Element[^]*Kettle->Thermostat/);
  // The letter does the same as Insert, and Tab inside a name goes one further down instead.
  await press(app, 'n');
  await app.page.keyboard.type('Knob');
  await press(app, 'Tab');
  await app.page.keyboard.type('Screw');
  await press(app, 'Enter');
  assert.ok(await map(app).evaluate(it => it === document.activeElement), 'ready for the next key');
  await app.page.waitForFunction(() => document.querySelector('#text-source').value.includes('Knob->Screw'));
  assert.match(await text(app), /Lid->Knob/);
});

appTest('Ctrl+Enter and Ctrl with arrows make neighbours that way; Tab on the map itself moves on', async app => {
  await openTeaShop(app);
  await app.page.keyboard.press('Alt+t');
  await app.page.locator('#text-source').waitFor();
  await app.frames(5);
  for (const [keys, name, link, moved] of [
    ['Control+Enter', 'Below', 'Kettle->Below', (a, b) => b.visibility < a.visibility],
    ['Control+ArrowDown', 'Under', 'Kettle->Under', (a, b) => b.visibility < a.visibility],
    ['Control+ArrowUp', 'Above', 'Above->Kettle', (a, b) => b.visibility > a.visibility],
    ['Control+ArrowLeft', 'West', 'Kettle->West', (a, b) => b.evolution < a.evolution],
    ['Control+ArrowRight', 'East', 'Kettle->East', (a, b) => b.evolution > a.evolution],
  ]) {
    await clickAt(app, 0.35, 0.43);
    const before = await details(app);
    await press(app, keys);
    await app.page.keyboard.type(name);
    await press(app, 'Enter');
    const after = await details(app);
    assert.equal(after.name, name);
    assert.ok(moved(before, after), `${keys}: ${JSON.stringify([before, after])}`);
    await app.page.waitForFunction(link => document.querySelector('#text-source').value.includes(link), link);
  }
  assert.deepEqual(await counts(app), [12, 11]);
  await press(app, 'Tab');
  assert.ok(!(await map(app).evaluate(it => it === document.activeElement)), 'no trap');
  assert.deepEqual(await counts(app), [12, 11], 'and nothing made');
});

appTest('Shift+Enter breaks a name into lines, Escape leaves it as it was', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await press(app, 'F2', 'End', 'Shift+Enter');
  await app.page.keyboard.type('with lid');
  await press(app, 'Enter');
  assert.equal((await details(app)).name, 'Kettle\nwith lid');
  await map(app).focus();
  await press(app, 'F2');
  await app.page.keyboard.type('Nothing');
  await press(app, 'Escape');
  assert.equal((await details(app)).name, 'Kettle\nwith lid');
});

appTest('a drag catches boundaries and neighbours; with Ctrl held, or switched off, it does not', async app => {
  await openTeaShop(app);
  // Two pixels beside the boundary between the second and the third stage.
  const beside = async () => { const [x, y] = await placeOf(app, 0.4, 0.3); return [x + 3, y]; };
  const from = () => placeOf(app, 0.35, 0.43);
  await dragPoints(app, await from(), await beside());
  assert.equal((await details(app)).evolution, 40, 'caught');
  await press(app, 'Control+z');
  const move = async held => {
    await app.page.mouse.move(...await from());
    await app.page.mouse.down();
    if (held) await app.page.keyboard.down(held);
    await app.page.mouse.move(...await beside(), { steps: 5 });
    await app.frames(2);
    const guides = await app.page.locator('.map-lines .guide[visibility="visible"]').count();
    await app.page.mouse.up();
    if (held) await app.page.keyboard.up(held);
    await app.frames(3);
    return guides;
  };
  assert.equal(await move('Control'), 0);
  assert.ok((await details(app)).evolution > 40.1, 'free with Ctrl');
  await press(app, 'Control+z', 'Alt+s');
  assert.match(await status(app), /Snapping is off/);
  assert.equal(await move(), 0);
  assert.ok((await details(app)).evolution > 40.1, 'free when switched off');
});

appTest('Space held makes a drag move the view; the middle button too; neither edits', async app => {
  await openTeaShop(app);
  const pan = async (button, key) => {
    const [before, to] = [await placeOf(app, 0.35, 0.43), await placeOf(app, 0.45, 0.33)];
    await map(app).focus();
    if (key) await app.page.keyboard.down(key);
    await app.page.mouse.move(...before);
    await app.page.mouse.down({ button });
    await app.page.mouse.move(...to, { steps: 4 });
    await app.page.mouse.up({ button });
    if (key) await app.page.keyboard.up(key);
    await app.frames(3);
    const after = await placeOf(app, 0.35, 0.43);
    near(after[0] - before[0], to[0] - before[0], 1, 'moved by the drag');
  };
  await pan('left', ' ');
  await pan('middle');
  assert.equal(await map(app).getAttribute('data-selection-count'), '0');
  await clickAt(app, 0.35, 0.43);
  assert.equal((await details(app)).evolution, 35);
});

appTest('Ctrl+click adds to the selection as Shift+click does, and takes out again', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await app.page.keyboard.down('Control');
  await clickAt(app, 0.7, 0.1);
  assert.equal(await map(app).getAttribute('data-selection-count'), '2');
  await clickAt(app, 0.35, 0.43);
  await app.page.keyboard.up('Control');
  assert.equal(await map(app).getAttribute('data-selection-count'), '1');
});

appTest('a bright dot follows the pointer from K until Escape and changes nothing', async app => {
  await openTeaShop(app);
  await app.page.mouse.move(...await placeOf(app, 0.2, 0.2));
  await map(app).focus();
  await press(app, 'k');
  await app.page.mouse.move(...await placeOf(app, 0.3, 0.3), { steps: 3 });
  await app.frames(3);
  const dot = app.page.locator('.map-laser').first();
  await dot.waitFor({ state: 'visible' });
  const [box, place] = [await dot.boundingBox(), await placeOf(app, 0.3, 0.3)];
  near(box.x + box.width / 2, place[0], 2, 'under the pointer');
  near(box.y + box.height / 2, place[1], 2, 'under the pointer');
  await drag(app, [0.35, 0.43], [0.6, 0.6]);
  assert.deepEqual(await counts(app), [7, 6]);
  await press(app, 'Escape');
  await dot.waitFor({ state: 'hidden' });
  await clickAt(app, 0.35, 0.43);
  assert.equal((await details(app)).evolution, 35, 'nothing was moved');
  // The same by clicks.
  await app.page.getByRole('button', { name: 'More', exact: true }).click();
  await app.page.getByRole('menuitem', { name: 'Point with a bright dot, or stop' }).click();
  await app.page.mouse.move(...await placeOf(app, 0.5, 0.5), { steps: 3 });
  await dot.waitFor({ state: 'visible' });
  await press(app, 'k');
  await dot.waitFor({ state: 'hidden' });
});

appTest('full stop and comma walk over everything there is, as one reads, and move nothing', async app => {
  await openTeaShop(app);
  await map(app).focus();
  await press(app, 't');
  await app.page.keyboard.type('Agreed');
  await press(app, 'Enter', 'Escape', 'Escape');
  const seen = [];
  for (let step = 0; step < 30; step++) {
    await press(app, '.');
    if (/That was the last/.test(await heard(app))) break;
    seen.push(await focusName(app));
  }
  // Where the walk began is where the note is; what is before it comes with the comma.
  const back = [];
  for (let step = 0; step < 30; step++) {
    await press(app, ',');
    if (/That was the first/.test(await heard(app))) break;
    back.push(await focusName(app));
  }
  assert.ok(back.length >= 7 + 6, back.join('\n'));
  assert.match(back.at(-1), /^Public/);
  assert.match(back.join('\n'), /Agreed/);
  assert.match(back.join('\n'), /Link/i);
  assert.equal(new Set([...seen, ...back]).size, 7 + 6 + 1, [...seen, ...back].join('\n'));
  assert.equal(await map(app).getAttribute('data-selection-count'), '0');
  await press(app, ' ');
  assert.equal(await map(app).getAttribute('data-selection-count'), '1');
});

appTest('Shift+Space gathers while walking on', async app => {
  await openTeaShop(app);
  await map(app).focus();
  await press(app, 'ArrowDown', ' ', 'Shift+ ');
  await press(app, '.', 'Shift+ ', '.', '.', 'Shift+ ');
  assert.equal(await map(app).getAttribute('data-selection-count'), '3');
  await press(app, 'Escape');
  assert.equal(await map(app).getAttribute('data-selection-count'), '0');
});

appTest('what map text leaves out is listed before it is saved, and stopping saves nothing', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await press(app, 'Control+g');
  await app.page.keyboard.type('Kitchen');
  await press(app, 'Enter');
  await menu(app, 'File', 'Export map text (OWM)…');
  const dialog = app.page.getByRole('dialog');
  assert.match(await dialog.innerText(), /Map text cannot carry all of this map[^]*area/i);
  await assertAccessible(app.page, { within: 'dialog' });
  await press(app, 'Escape');
  assert.equal(await dialog.count(), 0);
  await menu(app, 'File', 'Export map text (OWM)…');
  const file = await app.download(() => press(app, 'Enter'));
  assert.match(file.name, /\.owm$/);
  assert.match(file.text, /^component Kettle \[0\.43, 0\.35\]/m);
  // Without the area there is nothing to list.
  await map(app).focus();
  await press(app, 'Control+z');
  const whole = await app.download(() => menu(app, 'File', 'Export map text (OWM)…'));
  assert.equal(await dialog.count(), 0);
  assert.match(whole.text, /^title Tea Shop/);
});
