// The dependency view: the question above 300 components, what breaks, filters, pins by drag and by key, keyboard only.
import assert from 'node:assert/strict';
import path from 'node:path';
import { appTest } from '../lib/app.mjs';
import { menu, status } from '../lib/map.mjs';
import { assertAccessible } from '../lib/accessibility.mjs';

const CORPUS = process.env.PORTOLAN_CORPUS;
const shown = async app => Number(await app.page.locator('#map').getAttribute('data-shown'));

async function openTrust(app) {
  await menu(app, 'File', 'Open an example…');
  await app.thenPainted(() => app.page.getByText('Hospital trust', { exact: true }).click());
  await app.thenPainted(() => app.page.getByRole('tab', { name: 'Dependencies' }).click());
}

appTest('the trust: keyboard alone, what breaks, Escape, the same on the map', async app => {
  await openTrust(app);
  const all = await shown(app);
  assert.ok(all > 100);
  await app.page.locator('#map').focus();
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Space');
  await app.page.keyboard.press('w');
  await app.frames(3);
  const sentence = app.page.locator('.dependency-sentence');
  assert.match(await sentence.innerText(), /^To run, .+ needs \d+ systems?\./);
  assert.ok(await shown(app) < all);
  await app.page.keyboard.press('d');
  await app.frames(3);
  assert.equal(await app.page.getByRole('tab', { name: 'Map', exact: true }).getAttribute('aria-selected'), 'true');
  assert.match(await sentence.innerText(), /^To run/);
  await app.page.keyboard.press('b');
  await app.frames(2);
  assert.match(await sentence.innerText(), /^If .+ stops?, /);
  await app.page.keyboard.press('Escape');
  await app.frames(2);
  assert.equal(await sentence.count(), 0);
});

appTest('filters show how many of how many and are taken away one by one or all', async app => {
  await openTrust(app);
  const all = await shown(app);
  await app.page.getByLabel('Filter by name').fill('server');
  await app.frames(3);
  const few = await shown(app);
  assert.ok(few > 0 && few < all);
  assert.equal(await app.page.locator('.dependency-count').innerText(), `Showing ${few} of ${all}`);
  await app.page.getByLabel(/^Take away the filter/).click();
  await app.frames(3);
  assert.equal(await shown(app), all);
  await app.page.getByLabel('Filter by risk').selectOption('4');
  await app.frames(2);
  await app.page.getByRole('button', { name: 'Clear all' }).click();
  await app.frames(3);
  assert.equal(await shown(app), all);
  await app.page.getByRole('button', { name: 'Neighbours' }).click();
  await assertAccessible(app.page, { within: '.stage' });
});

appTest('a box is pinned by keys, undone, and released', async app => {
  await openTrust(app);
  await app.page.locator('#map').focus();
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Space');
  await app.page.keyboard.press('Shift+ArrowRight');
  await app.frames(2);
  assert.match(await status(app), /^Pinned .+ in row \d+\./);
  await app.page.getByRole('button', { name: 'Release all' }).click();
  await app.frames(2);
  assert.equal(await app.page.getByRole('button', { name: 'Release all' }).count(), 0);
});

appTest('a large estate asks first; a name leads to what is around it', { test: { skip: !CORPUS && 'PORTOLAN_CORPUS is not set' } }, async app => {
  await app.dropFile(path.join(CORPUS, 'graphs', 'cargo_helix.edges.csv'));
  await app.thenPainted(() => app.page.getByRole('dialog').getByRole('button', { name: 'Open as a new map' }).click());
  await app.page.getByRole('tab', { name: 'Dependencies' }).click();
  await app.page.getByRole('heading', { name: 'What do you want to see?' }).waitFor();
  await assertAccessible(app.page, { within: '.stage' });
  await app.page.getByRole('button', { name: /most needed/ }).click();
  await app.frames(3);
  assert.equal(await shown(app), 40);
  await app.page.getByRole('button', { name: 'Choose what to see…' }).click();
  await app.page.getByRole('button', { name: /^All / }).click();
  await app.page.getByText('Arranging…').waitFor({ state: 'detached', timeout: 60_000 });
  assert.ok(await shown(app) > 300);
});

const CIRCLE = `title Circle
anchor Ward [0.9, 0.5]
component Rota [0.7, 0.5]
component Identity [0.5, 0.5]
component Mail [0.3, 0.5]
Ward->Rota
Rota->Identity
Identity->Mail
Mail->Rota
`;

// The middle of what the keyboard stands on, and what a screen reader says of it.
async function focused(app) {
  await app.frames(2);
  const box = app.page.locator('#map-focus');
  const { x, y, width, height } = await box.boundingBox();
  return { x: x + width / 2, y: y + height / 2, says: await box.getAttribute('aria-label') };
}

async function walkTo(app, name) {
  await app.page.locator('#map').focus();
  for (let i = 0; i < 12; i++) {
    await app.page.keyboard.press('ArrowDown');
    const at = await focused(app);
    if (at.says.startsWith(`${name},`)) return at;
  }
  throw new Error(`${name} cannot be reached`);
}

appTest('a box is pinned by dragging, by a click on a place and by keys; each is undone', async app => {
  await app.thenPainted(() => app.dropFile({ name: 'circle.owm', text: CIRCLE }));
  await app.page.getByRole('tab', { name: 'Dependencies' }).click();
  const before = await walkTo(app, 'Mail');
  await app.page.mouse.move(before.x, before.y);
  await app.page.mouse.down();
  await app.page.mouse.move(before.x + 180, before.y, { steps: 6 });
  await app.page.mouse.up();
  await app.frames(3);
  assert.match(await status(app), /^Pinned Mail in row 4\./);
  await app.page.locator('#map').focus();
  await app.page.keyboard.press('Control+z');
  await app.frames(3);
  assert.equal(await app.page.getByRole('button', { name: 'Release all' }).count(), 0, 'undone');
  // Without dragging: Move…, then a click where it shall stand.
  const again = await walkTo(app, 'Mail');
  await app.page.mouse.click(again.x, again.y);
  await app.page.getByRole('button', { name: 'Move…' }).click();
  await app.page.mouse.click(again.x - 200, again.y);
  await app.frames(3);
  assert.match(await status(app), /^Pinned Mail in row 4\./);
  assert.equal(await app.page.getByRole('button', { name: 'Release all' }).count(), 1);
  await app.page.getByRole('button', { name: 'Release', exact: true }).click();
  await app.frames(3);
  assert.equal(await app.page.getByRole('button', { name: 'Release all' }).count(), 0, 'released');
  await app.page.locator('#map').focus();
  await app.page.keyboard.press('Shift+ArrowLeft');
  await app.frames(3);
  assert.match(await status(app), /^Pinned Mail in row 4\./);
  await app.page.keyboard.press('Control+z');
  await app.frames(3);
  assert.equal(await app.page.getByRole('button', { name: 'Release all' }).count(), 0, 'undone');
});

appTest('circles are marked in words, and the picture is saved as it is shown', async app => {
  await app.thenPainted(() => app.dropFile({ name: 'circle.owm', text: CIRCLE }));
  await app.page.getByRole('tab', { name: 'Dependencies' }).click();
  const at = await walkTo(app, 'Identity');
  assert.match(at.says, /in a circle/);
  await menu(app, 'File', /picture/i);
  const file = await app.download(() => app.page.getByRole('dialog').getByRole('button', { name: /^Save/ }).click());
  assert.match(file.text, /Circle: who needs what/);
  assert.equal(file.text.match(/in a circle/g).length, 3, 'each of the three says it');
});

for (const [what, options] of [['a narrow screen', { viewport: { width: 320, height: 700 } }], ['high contrast', { contrast: 'more' }], ['a dark screen', { theme: 'dark' }]]) {
  appTest(`the view keeps its room and its words on ${what}`, options, async app => {
    await app.thenPainted(() => app.dropFile({ name: 'circle.owm', text: CIRCLE }));
    await app.page.locator('#map').focus();
    await app.page.keyboard.press('d');
    await app.page.locator('.dependency-count').waitFor();
    const [map, page] = [await app.page.locator('#map').boundingBox(), app.page.viewportSize()];
    assert.ok(map.height > page.height * 0.35, `the picture has ${map.height} of ${page.height} pixels`);
    assert.ok(await app.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing runs off the side');
    await assertAccessible(app.page, { within: '.stage' });
  });
}
