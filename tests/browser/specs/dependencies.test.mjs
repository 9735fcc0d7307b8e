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
