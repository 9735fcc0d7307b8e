// The table of systems: an equal editor of the map, used as a spreadsheet is.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { appTest } from '../lib/app.mjs';
import { menu, openTeaShop, status } from '../lib/map.mjs';
import { assertAccessible } from '../lib/accessibility.mjs';

async function openTable(app) {
  await app.page.getByRole('tab', { name: 'Table' }).click();
  await app.page.getByRole('grid', { name: 'Systems' }).waitFor();
}

// A cell by the system's name and the heading of its column.
async function cell(app, name, heading) {
  const headings = await app.page.locator('.system-table thead tr:first-child th').allInnerTexts();
  const column = headings.findIndex(it => it.trim().startsWith(heading));
  assert.ok(column >= 0, `no column ${heading}: ${headings.join(' | ')}`);
  return app.page.locator('.system-table tbody tr', { has: app.page.getByRole('rowheader', { name, exact: true }) }).locator('> *').nth(column);
}

async function texts(app, heading, names) {
  const found = [];
  for (const name of names) found.push((await (await cell(app, name, heading)).innerText()).split('\n')[0].trim());
  return found;
}

const focused = app => app.page.evaluate(() => document.activeElement?.id ?? '');

appTest('a table cell is edited by keys alone, and the map follows', async app => {
  await openTeaShop(app);
  await openTable(app);
  assert.match(await app.page.locator('.list-tools [role=status]').innerText(), /Showing 6 of 6/);
  await (await cell(app, 'Kettle', 'Evolution')).click();
  await app.page.keyboard.press('F2');
  await app.page.keyboard.type('61');
  await app.page.keyboard.press('Enter');
  await app.frames(2);
  assert.deepEqual(await texts(app, 'Evolution', ['Kettle']), ['61']);
  assert.match(await focused(app), /^cell-/, 'the keyboard goes on to the next row');
  // Typing begins to edit; Escape brings back what was.
  await app.page.keyboard.type('7');
  await app.page.keyboard.press('Escape');
  await app.frames(2);
  assert.match(await focused(app), /^cell-/);
  await app.page.keyboard.press('ArrowUp');
  assert.equal(await app.page.locator('#map').getAttribute('data-selection-count'), '1');
  await app.page.keyboard.press('Control+z');
  await app.frames(2);
  assert.deepEqual(await texts(app, 'Evolution', ['Kettle']), ['35']);
  // Tab in a field goes right, Tab in the grid leaves it.
  await app.page.keyboard.press('Enter');
  await app.page.keyboard.press('Tab');
  await app.frames(2);
  assert.match(await focused(app), /^cell-/);
  await app.page.keyboard.press('Tab');
  assert.doesNotMatch(await focused(app), /^cell-/);
});

appTest('cells are copied, pasted from a spreadsheet and filled down; bad cells are kept and explained', async app => {
  await openTeaShop(app);
  await app.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openTable(app);
  await app.page.evaluate(() => navigator.clipboard.writeText('4\t5\r\nsoon\t6\r\n2\t1\r\n'));
  await (await cell(app, 'Cup', 'L1')).click();
  await app.page.keyboard.press('Control+v');
  await app.frames(3);
  assert.deepEqual(await texts(app, 'L1', ['Cup', 'Hot Water']), ['4', '2']);
  assert.match(await app.page.locator('.refused').innerText(), /1 cell was not taken[\s\S]*Cup of Tea, L1[\s\S]*“soon”. Type a level from 1 to 6/);
  assert.match(await status(app), /5 cells taken, 1 not/);
  await app.page.locator('.refused').getByRole('button', { name: 'Cup of Tea, L1 Support' }).click();
  await app.frames(2);
  assert.equal(await app.page.locator('.cell-field').inputValue(), 'soon');
  await app.page.locator('.cell-field').fill('3-5');
  await app.page.keyboard.press('Enter');
  await app.frames(2);
  assert.deepEqual(await texts(app, 'L1', ['Cup of Tea']), ['4 (3–5)']);
  assert.equal(await app.page.locator('.refused').count(), 0);

  await (await cell(app, 'Cup', 'L1')).click();
  await (await cell(app, 'Kettle', 'L1')).click({ modifiers: ['Shift'] });
  await app.page.keyboard.press('Control+d');
  await app.frames(2);
  assert.deepEqual(await texts(app, 'L1', ['Cup', 'Cup of Tea', 'Hot Water', 'Kettle']), ['4', '4', '4', '4']);
  await app.page.keyboard.press('Control+c');
  assert.equal(await app.page.evaluate(() => navigator.clipboard.readText()), '4\r\n4\r\n4\r\n4\r\n');
  await app.page.keyboard.press('Delete');
  await app.frames(2);
  assert.deepEqual(await texts(app, 'L1', ['Cup', 'Kettle']), ['?', '?']);
  await app.page.keyboard.press('Control+z');
  await app.frames(2);
  assert.deepEqual(await texts(app, 'L1', ['Cup', 'Kettle']), ['4', '4'], 'one step for all');
});

appTest('rows are sorted, filtered and chosen; the page passes the accessibility check', async app => {
  await openTeaShop(app);
  await openTable(app);
  await app.page.getByRole('button', { name: 'Visibility %' }).click();
  await app.frames(2);
  assert.equal(await app.page.locator('.system-table tbody th').first().innerText(), 'Power');
  await app.page.getByRole('button', { name: 'Filter columns' }).click();
  await app.page.getByLabel('Filter Visibility %').fill('>60');
  await app.frames(2);
  assert.match(await app.page.locator('.list-tools [role=status]').innerText(), /Showing 3 of 6/);
  await app.page.getByText('Columns', { exact: true }).click();
  await app.page.getByLabel('Technical owner').check();
  await app.frames(2);
  assert.equal(await app.page.getByRole('columnheader', { name: 'Technical owner', exact: true }).count(), 1);
  await assertAccessible(app.page);
});

appTest('a filter that nothing passes says so and is cleared from there', async app => {
  await openTeaShop(app);
  await openTable(app);
  await app.page.getByLabel('Show only rows with').fill('zzz');
  const empty = app.page.locator('.list-scroll');
  await app.page.getByText('No system contains “zzz”').waitFor();
  await assertAccessible(app.page);
  await empty.getByRole('button', { name: 'Clear filter' }).click();
  await app.frames(2);
  assert.match(await app.page.locator('.list-tools [role=status]').innerText(), /Showing 6 of 6/);
  assert.equal(await app.page.getByLabel('Show only rows with').inputValue(), '');
  assert.equal(await focused(app), 'table-find', 'the keyboard is not lost with the button');
});

appTest('why a cell cannot be taken stands within the table and fits the column', async app => {
  await openTeaShop(app);
  await openTable(app);
  for (const [heading, words] of [['Visibility', /from 0 to 100, or \?/], ['C6', /a level from 1 to 5/]]) {
    await (await cell(app, 'Tea', heading)).click();
    await app.page.keyboard.type('700');
    await app.page.keyboard.press('Enter');
    const bubble = app.page.locator('#cell-error');
    await bubble.waitFor();
    await app.frames(2);
    assert.match(await bubble.innerText(), words);
    const [inner, outer] = [await bubble.boundingBox(), await app.page.locator('.list-scroll').boundingBox()];
    assert.ok(inner.x >= outer.x && inner.x + inner.width <= outer.x + outer.width, `${heading}: ${JSON.stringify([inner, outer])}`);
    await app.page.keyboard.press('Escape');
    await app.frames(2);
  }
});

for (const viewport of [{ width: 320, height: 640 }, { width: 1366, height: 768 }]) {
  appTest(`the table keeps within a window ${viewport.width} pixels wide, with rows on its first screen`, { viewport }, async app => {
    await openTeaShop(app);
    await openTable(app);
    assert.equal(await app.page.evaluate(() => document.documentElement.scrollWidth), viewport.width);
    const shown = await app.page.evaluate(() => {
      const bottom = document.querySelector('.list-scroll').getBoundingClientRect().bottom;
      const inView = row => { const box = row.getBoundingClientRect(); return box.height > 0 && box.bottom <= bottom; };
      return [...document.querySelectorAll('.system-table tbody tr')].filter(inView).length;
    });
    assert.ok(shown === 6, `${shown} rows are seen`);
  });
}

appTest('five thousand rows: only those in view are elements, and keys reach the end', { test: { timeout: 120_000 } }, async app => {
  const rows = ['name,owner,L1'];
  for (let i = 1; i <= 5000; i++) rows.push(`System ${String(i).padStart(4, '0')},Team ${i % 40},${1 + i % 6}`);
  await app.dropFile({ name: 'systems.csv', text: rows.join('\n') });
  await app.page.getByRole('button', { name: 'Open as a new map' }).click();
  await app.page.waitForFunction(() => document.querySelector('#map')?.dataset.components === '5000', null, { timeout: 60_000 });
  await openTable(app);
  const grid = app.page.getByRole('grid', { name: 'Systems' });
  assert.equal(await grid.getAttribute('aria-rowcount'), '5001');
  assert.ok(await app.page.locator('.system-table tbody tr').count() < 60);
  await app.page.locator('#cell-0-0').click();
  await app.page.keyboard.press('Control+End');
  await app.frames(3);
  assert.equal(await app.page.locator('.system-table tbody th').last().innerText(), 'System 5000');
  assert.match(await focused(app), /^cell-4999-/);
  // Another order is looked at from its top.
  const top = () => app.page.locator('.list-scroll').evaluate(it => it.scrollTop);
  assert.ok(await top() > 1000);
  await app.page.getByRole('button', { name: 'Owner', exact: true }).click();
  await app.frames(3);
  assert.equal(await top(), 0);
  const [head, first] = [await app.page.locator('.system-table thead').boundingBox(), await app.page.locator('#cell-0-0').boundingBox()];
  assert.ok(first.y >= head.y + head.height - 1, 'the first row is not under the heading');
  await app.page.getByRole('button', { name: 'Name', exact: true }).click();
  await app.page.locator('#cell-0-0').click();
  await app.page.keyboard.press('Control+End');
  await app.frames(3);
  const times = await app.page.evaluate(async () => {
    const times = [];
    for (let i = 0; i < 30; i++) {
      const before = performance.now();
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, cancelable: true }));
      await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
      times.push(performance.now() - before);
    }
    return times.sort((a, b) => a - b);
  });
  console.log(`one row up among 5,000: median ${times[15].toFixed(1)} ms, worst ${times[29].toFixed(1)} ms, a frame included`);
  assert.ok(times[15] < 100, `a key takes ${times[15]} ms`);
});

// Journey 3 on a real inventory (left out where the folder of real files is not at hand).
const folder = process.env.PORTOLAN_CORPUS;
const inventory = folder && path.join(folder, 'inventories', 'assessment_template.csv');
appTest('the spreadsheet: an inventory of two hundred systems, levels pasted, ranked, written out again', { test: { timeout: 120_000, skip: !(inventory && fs.existsSync(inventory)) } }, async app => {
  await app.dropFile(inventory);
  await app.thenPainted(() => app.page.getByRole('button', { name: 'Open as a new map' }).click());
  await openTable(app);
  const of = Number((await app.page.locator('.list-tools [role=status]').innerText()).match(/of (\d+)/)[1]);
  assert.ok(of > 150, `${of} systems`);
  await app.page.getByLabel('Show only rows with').fill('payroll');
  await app.frames(2);
  assert.match(await app.page.locator('.list-tools [role=status]').innerText(), new RegExp(`Showing [1-9]\\d? of ${of}`));
  await app.page.getByLabel('Show only rows with').fill('');
  await app.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const levels = Array.from({ length: of }, (_, i) => [1 + i % 6, 1 + (i * 5) % 6, 6].join('\t')).join('\r\n');
  await app.page.evaluate(text => navigator.clipboard.writeText(text), levels);
  const name = await app.page.locator('.system-table tbody th').first().innerText();
  await (await cell(app, name, 'L1')).first().click();
  await app.page.keyboard.press('Control+ArrowUp');
  await app.page.keyboard.press('Control+v');
  await app.frames(3);
  assert.match(await status(app), new RegExp(`Paste.* ${of * 3} cells`));
  await app.page.getByRole('tab', { name: 'Ranking' }).click();
  assert.match(await app.page.locator('#side-body').innerText(), new RegExp(`${of} of ${of} systems have answers`));
  const file = await app.download(() => menu(app, 'File', 'Export systems (CSV)'));
  assert.ok(file.text.split('\r\n').length > of);
  assert.match(file.text, /L1,L2,L3/);
});
