// The text beside the map, with a real browser's field, keys and clipboard of events.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { appTest } from '../lib/app.mjs';
import { assertAccessible } from '../lib/accessibility.mjs';
import { clickAt, details, drag, menu, openTeaShop, TEA_SHOP } from '../lib/map.mjs';

const FIELD = '#text-source';

const value = app => app.page.locator(FIELD).inputValue();
const lines = text => text.split('\n');

// What was typed reaches the map in a moment: longer on a busy machine.
async function eventually(app, read, expected) {
  let found;
  for (let i = 0; i < 100; i++) {
    found = await read();
    if (JSON.stringify(found) === JSON.stringify(expected)) return;
    await app.page.waitForTimeout(50);
  }
  assert.deepEqual(found, expected);
}

const counts = app => app.mapState().then(it => [it.components, it.links]);

async function openText(app, open = openTeaShop) {
  await open(app);
  await app.page.keyboard.press('Alt+t');
  await app.page.locator(FIELD).waitFor();
  await app.page.waitForFunction(field => document.activeElement === document.querySelector(field), FIELD);
  await app.frames(2);
}

// Puts the caret behind `mark` as a person would with keys, and says where.
async function caretBehind(app, mark) {
  const line = lines((await value(app)).split(mark)[0] + mark);
  const [row, column] = [line.length - 1, line.at(-1).length];
  await app.page.locator(FIELD).focus();
  await app.page.keyboard.press('Control+Home');
  for (let i = 0; i < row; i++) await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Home');
  for (let i = 0; i < column; i++) await app.page.keyboard.press('ArrowRight');
  await app.frames(2);
}

const selectedName = app => app.page.locator('#component-name').inputValue();
const marked = app => app.page.locator('.text-line.is-marked .text-code').allInnerTexts();

appTest('typing draws on the map, and what the map does stands in the text', async app => {
  await openText(app);
  assert.equal(await value(app), TEA_SHOP);
  await caretBehind(app, 'component Power [0.1, 0.7]');
  await app.page.keyboard.type('\ncomponent Mains [0.05, 0.9]');
  await eventually(app, () => counts(app), [8, 6]);
  await caretBehind(app, 'Kettle->Power');
  await app.page.keyboard.type('\nPower->Mains');
  await eventually(app, () => counts(app), [8, 7]);
  await clickAt(app, 0.9, 0.05);
  assert.equal(await selectedName(app), 'Mains');
  await app.page.locator('#component-name').fill('Grid');
  await app.page.keyboard.press('Enter');
  await app.page.waitForFunction(field => document.querySelector(field).value.includes('Grid'), FIELD);
  const expected = TEA_SHOP.replace('component Power [0.1, 0.7]', 'component Power [0.1, 0.7]\ncomponent Grid [0.05, 0.9]')
    .replace('Kettle->Power', 'Kettle->Power\nPower->Grid');
  assert.equal(await value(app), expected);
});

appTest('moving one component changes its line and not a byte elsewhere', async app => {
  const folder = process.env.PORTOLAN_CORPUS;
  const real = folder && path.join(folder, 'owm', 'swardley__MAP-REPOSITORY__transportation-transportation---logistics.owm');
  const text = real && fs.existsSync(real) ? fs.readFileSync(real, 'utf8') : `// head\n${TEA_SHOP}\n\tsome words   \n//end`;
  await openText(app, () => app.thenPainted(() => app.dropFile({ name: 'real.owm', text })));
  const shown = await value(app);
  assert.equal(shown, text.replaceAll('\r\n', '\n').replaceAll('\r', '\n'));
  const [, visibility, evolution] = shown.match(/^component [^[\n]*\[\s*([\d.]+)\s*,\s*([\d.]+)\s*\]/m).map(Number);
  // A file with a line that is not understood opens on its problems.
  await app.page.getByRole('tab', { name: 'Details', exact: true }).click();
  await clickAt(app, evolution, visibility);
  const before = await details(app);
  await app.page.keyboard.press('Shift+ArrowLeft');
  await app.page.waitForFunction(([field, shown]) => document.querySelector(field).value !== shown, [FIELD, shown]);
  const after = lines(await value(app));
  const differing = lines(shown).map((line, at) => [line, after[at]]).filter(([a, b]) => a !== b);
  assert.equal(after.length, lines(shown).length);
  assert.equal(differing.length, 1, JSON.stringify(differing));
  assert.ok(differing[0][0].includes(before.name.split('\n')[0]), differing[0][0]);
  // Saved as text, it is what the pane shows, with the file's own line breaks.
  const saved = await app.download(() => menu(app, 'File', 'Export map text (OWM)'));
  assert.equal(saved.text.replaceAll('\r\n', '\n').replaceAll('\r', '\n'), after.join('\n'));
});

appTest('a burst of typing is one undo, in the field and outside it', async app => {
  await openText(app);
  await caretBehind(app, 'component Kettle');
  await app.page.keyboard.type(' pot');
  await caretBehind(app, 'component Power');
  await app.page.keyboard.type(' supply');
  await app.page.keyboard.press('Control+z');
  await app.frames(3);
  assert.equal(await value(app), TEA_SHOP.replace('component Kettle', 'component Kettle pot'));
  await app.page.getByRole('button', { name: 'Undo' }).first().click();
  await app.frames(3);
  assert.equal(await value(app), TEA_SHOP);
  await app.page.locator(FIELD).focus();
  await app.page.keyboard.press('Control+y');
  await app.frames(3);
  assert.equal(await value(app), TEA_SHOP.replace('component Kettle', 'component Kettle pot'));
  assert.equal((await app.mapState()).components, 7);
});

appTest('the caret selects on the map, and the map marks the line', async app => {
  await openText(app);
  await caretBehind(app, 'component Kettle');
  assert.equal(await selectedName(app), 'Kettle');
  assert.ok(await app.page.locator(FIELD).evaluate(it => document.activeElement === it), 'the focus stays in the text');
  await clickAt(app, 0.81, 0.63);
  assert.deepEqual(await marked(app), ['component Tea [0.63, 0.81]']);
  assert.equal(await selectedName(app), 'Tea');
});

appTest('selecting on the map scrolls a long text to the line', async app => {
  const many = Array.from({ length: 300 }, (_, i) => `component Part ${i} [0.3, ${(0.05 + i * 0.003).toFixed(3)}]`).join('\n');
  await openText(app, () => app.thenPainted(() => app.dropFile({ name: 'long.owm', text: `title Long\n${many}\ncomponent Last [0.9, 0.5]\n` })));
  const { x, y } = await app.at(0.9, 0.5);
  await app.page.mouse.click(x, y);
  await app.frames(3);
  assert.deepEqual(await marked(app), ['component Last [0.9, 0.5]']);
  const [scroller, line] = await Promise.all(['.text-scroller', '.text-line.is-marked'].map(it => app.page.locator(it).boundingBox()));
  assert.ok(line.y >= scroller.y && line.y + line.height <= scroller.y + scroller.height, 'the line is in view');
  // By keys through the text: a page at a time, not to the end at once.
  await app.page.locator(FIELD).focus();
  await app.page.keyboard.press('Control+Home');
  await app.page.keyboard.press('PageDown');
  await app.frames(2);
  const row = await app.page.locator(FIELD).evaluate(it => it.value.slice(0, it.selectionStart).split('\n').length);
  assert.ok(row > 5 && row < 80, `line ${row} after one page`);
});

appTest('painted letters lie exactly under those of the field', async app => {
  await openText(app);
  const off = await app.page.evaluate(field => {
    const area = document.querySelector(field);
    const style = getComputedStyle(area);
    const canvas = document.createElement('canvas').getContext('2d');
    canvas.font = style.font;
    const line = [...document.querySelectorAll('.text-line')][2];
    const code = line.querySelector('.text-code').getBoundingClientRect();
    const box = area.getBoundingClientRect();
    const rowOff = code.top - (box.top + 2 * parseFloat(style.lineHeight));
    const columnOff = code.left - (box.left + parseFloat(style.paddingLeft));
    const range = document.createRange();
    range.selectNodeContents(line.querySelector('.text-code'));
    const widthOff = range.getBoundingClientRect().width - canvas.measureText(line.querySelector('.text-code').textContent).width;
    return { rowOff, columnOff, widthOff };
  }, FIELD);
  for (const [what, by] of Object.entries(off)) assert.ok(Math.abs(by) < 0.75, `${what} ${by}`);
});

appTest('a broken line keeps the map and what was typed', async app => {
  await openText(app);
  await caretBehind(app, 'comp');
  await app.page.keyboard.press('Backspace');
  await app.page.getByText('Line 3 cannot be read').waitFor();
  assert.deepEqual(await counts(app), [7, 6]);
  assert.equal(await value(app), TEA_SHOP.replace('component Cup of Tea', 'comonent Cup of Tea'));
  // The remark knows what was meant.
  await app.page.getByRole('button', { name: /Use this word/ }).click();
  await app.frames(3);
  assert.equal(await value(app), TEA_SHOP);
  assert.equal(await app.page.getByText('cannot be read').count(), 0);
  assert.deepEqual(await counts(app), [7, 6]);
});

appTest('one press adds what a link misses; F8 goes from remark to remark', async app => {
  await openText(app, () => app.thenPainted(() => app.dropFile({ name: 'a.owm', text: `${TEA_SHOP}Tea->Milk jug\nEvolve Kettle 0.6\n` })));
  await app.page.keyboard.press('F8');
  await app.frames(2);
  const chosen = () => app.page.locator(FIELD).evaluate(it => it.value.slice(it.selectionStart, it.selectionEnd));
  assert.equal(await chosen(), 'Milk jug');
  await app.page.keyboard.press('F8');
  await app.frames(2);
  assert.equal(await chosen(), 'Evolve');
  await app.page.keyboard.press('Shift+F8');
  await app.frames(2);
  assert.equal(await chosen(), 'Milk jug');
  await app.page.getByRole('button', { name: /Add the component/ }).click();
  await app.frames(3);
  assert.match(await value(app), /\ncomponent Milk jug\n/);
  assert.deepEqual(await counts(app), [8, 7]);
  await app.page.getByRole('button', { name: /Write in lower case/ }).click();
  await app.frames(3);
  await app.page.getByRole('button', { name: 'Undo' }).first().click();
  await app.frames(3);
  assert.match(await value(app), /\nEvolve Kettle/);
});

appTest('names are offered while a link is typed, and never in the way', async app => {
  await openText(app);
  await caretBehind(app, 'Kettle->Power');
  await app.page.keyboard.type('\nKettle->wat');
  const list = app.page.getByRole('listbox', { name: 'Names of components' });
  assert.deepEqual(await list.getByRole('option').allInnerTexts(), ['Hot Water']);
  await assertAccessible(app.page);
  await app.page.keyboard.press('ArrowDown');
  await app.page.waitForFunction(field => document.querySelector(field).getAttribute('aria-activedescendant'), FIELD);
  await app.page.keyboard.press('Enter');
  await eventually(app, () => counts(app), [7, 7]);
  assert.match(await value(app), /\nKettle->Hot Water\n$/);
  assert.equal(await list.count(), 0);
  // Enter without having chosen begins a line; Escape closes the list only.
  await app.page.keyboard.type('\nTea->Cu');
  await list.waitFor();
  await app.page.keyboard.press('Escape');
  await app.frames(2);
  assert.equal(await list.count(), 0);
  assert.ok(await app.page.locator(FIELD).evaluate(it => document.activeElement === it));
  await app.page.keyboard.type('p o');
  await list.waitFor();
  await app.page.keyboard.press('Enter');
  await app.frames(2);
  assert.match(await value(app), /\nTea->Cup o\n/);
  // By a click.
  await app.page.keyboard.type('Tea->Pow');
  await list.getByRole('option', { name: 'Power' }).click();
  await eventually(app, () => counts(app), [7, 8]);
  assert.match(await value(app), /\nTea->Power\n/);
});

appTest('shown, resized, left and hidden by keys alone, and remembered', async app => {
  await openText(app);
  const width = () => app.page.locator('#text-pane').evaluate(it => it.getBoundingClientRect().width);
  const before = await width();
  const separator = app.page.getByRole('separator', { name: 'Width of the text' });
  // Tab leaves the field; the separator is on the way to the map.
  for (let i = 0; i < 8 && !(await separator.evaluate(it => document.activeElement === it)); i++) await app.page.keyboard.press('Tab');
  assert.ok(await separator.evaluate(it => document.activeElement === it), 'Tab reaches the separator');
  await app.page.keyboard.press('ArrowRight');
  await app.frames(2);
  assert.equal(await width(), before + 24);
  assert.equal(await separator.getAttribute('aria-valuenow'), String(before + 24));
  await app.page.keyboard.press('Home');
  await app.frames(2);
  assert.equal(await width(), 240);
  await app.page.reload();
  await app.started();
  assert.equal(await width(), 240);
  await app.page.locator(FIELD).focus();
  await app.page.keyboard.press('Escape');
  await app.page.waitForFunction(() => document.activeElement.id === 'map');
  await app.page.keyboard.press('Alt+t');
  await app.frames(2);
  assert.equal(await app.page.locator('#text-pane').count(), 0);
});

appTest('the separator is dragged', async app => {
  await openText(app);
  const box = await app.page.getByRole('separator', { name: 'Width of the text' }).boundingBox();
  await app.page.mouse.move(box.x + box.width / 2, box.y + 200);
  await app.page.mouse.down();
  await app.page.mouse.move(box.x + box.width / 2 + 60, box.y + 220, { steps: 4 });
  await app.page.mouse.up();
  await app.frames(3);
  const after = await app.page.getByRole('separator', { name: 'Width of the text' }).boundingBox();
  assert.ok(Math.abs(after.x - box.x - 60) < 3, `${after.x - box.x}`);
});

for (const [name, options] of Object.entries({
  'on a laptop': {},
  'in dark': { theme: 'dark' },
  'with high contrast': { contrast: 'more' },
  'on a telephone': { viewport: { width: 390, height: 780 } },
})) {
  appTest(`the open text has no violation ${name}`, options, async app => {
    await openText(app, () => app.thenPainted(() => app.dropFile({ name: 'a.owm', text: `${TEA_SHOP}Tea->Milk jug\nEvolve Kettle 0.6\nwhat is this\n` })));
    await caretBehind(app, 'component Kettle');
    await app.frames(3);
    await assertAccessible(app.page);
    const [pane, map] = await Promise.all(['#text-pane', '#map'].map(it => app.page.locator(it).boundingBox()));
    assert.ok(map.width >= 300 && pane.width >= 240, `${pane.width} ${map.width}`);
    assert.ok(await app.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
  });
}

appTest('beside the text and the details every view and the zoom can still be clicked', async app => {
  await openText(app);
  for (const width of [1366, 1100, 1024, 700, 320]) {
    await app.page.setViewportSize({ width, height: 720 });
    await app.frames(2);
    const hidden = await app.page.evaluate(() => {
      const controls = [...document.querySelectorAll('.stage [role=tab], .stage .map-zoom button')];
      const covered = control => {
        const { left, top, width, height } = control.getBoundingClientRect();
        return !control.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      };
      return { all: controls.length, covered: controls.filter(covered).map(it => it.textContent || it.ariaLabel) };
    });
    assert.deepEqual(hidden, { all: 8, covered: [] }, `${width} pixels`);
  }
});
