// Facts, ranking, list, problems and dialogs.
import assert from 'node:assert/strict';
import { appTest } from '../lib/app.mjs';
import { clickAt, details, openTeaShop } from '../lib/map.mjs';

async function answer(app, answers) {
  for (const title of ['How likely is trouble?', 'How bad would it be?']) {
    const summary = app.page.locator('summary', { hasText: title });
    if (!(await summary.evaluate(it => it.parentElement.open))) await summary.click();
  }
  for (const [code, level] of Object.entries(answers)) await app.page.selectOption(`#fact-${code}`, level);
  await app.frames(2);
}

const ALL_WORST = { L1: '6', L2: '6', L3: '6', L4: '6', L5: '6', L6: '6', L7: '6', C1: '5', C2: '5', C3: '5', C4: '5', C5: '5', C6: '5' };
const ALL_MILD = Object.fromEntries(Object.keys(ALL_WORST).map(code => [code, '1']));

appTest('answers about systems rank them: red first, unknown never as safe', async app => {
  await openTeaShop(app);
  await app.page.getByRole('tab', { name: 'Ranking' }).click();
  assert.match(await app.page.locator('#side-body').innerText(), /Nothing is known yet/);
  await app.page.getByRole('tab', { name: 'Details', exact: true }).click();

  await clickAt(app, 0.78, 0.73);
  await answer(app, ALL_MILD);
  await clickAt(app, 0.35, 0.43);
  // An opened group of questions stays open from one component to the next.
  assert.equal(await app.page.locator('#fact-L1').isVisible(), true);
  assert.equal(await app.page.locator('#fact-L1').inputValue(), 'unknown', 'the answers of another component must not show');
  await answer(app, ALL_WORST);
  assert.match(await app.page.locator('.risk-line').innerText(), /30(\.0+)? of 30/);

  await app.page.getByRole('tab', { name: 'Ranking' }).click();
  const names = await app.page.locator('.rank-name').allInnerTexts();
  assert.equal(names[0], 'Kettle');
  assert.equal(names.at(-1), 'Cup', 'all mild comes behind what nobody knows');
  assert.deepEqual(await app.page.locator('.group-heading').allInnerTexts(), ['Red (1)', 'Not known to be below red (4)', 'Below red (1)']);
  await app.page.locator('.rank-row', { hasText: 'Cup' }).last().click();
  assert.equal(await app.page.locator('#map').getAttribute('data-selection-count'), '1');

  await app.page.keyboard.press('Control+z');
  await app.frames(2);
  const kettle = await app.page.locator('.rank-row', { hasText: 'Kettle' }).innerText();
  assert.match(kettle, /28–30 of 30/, 'one answer less makes a range: 6 × (4.33 + 5) / 2 = 28 to 30');
  assert.match(kettle, /1 not known/);
});

appTest('undo shows in the questions too', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await answer(app, { L1: '4' });
  await app.page.locator('#map').focus();
  await app.page.keyboard.press('Control+z');
  await app.frames(2);
  assert.equal(await app.page.locator('#fact-L1').inputValue(), 'unknown');
  await app.page.keyboard.press('Control+y');
  await app.frames(2);
  assert.equal(await app.page.locator('#fact-L1').inputValue(), '4');
});

appTest('numbers in the details move the component; nonsense is refused with its range', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await app.page.locator('#component-evolution').fill('61,5');
  await app.page.keyboard.press('Enter');
  await app.frames(2);
  assert.equal((await details(app)).evolution, 61.5, 'as typed, not rounded');
  await app.page.locator('#component-visibility').fill('900');
  await app.page.keyboard.press('Enter');
  assert.match(await app.page.locator('#component-visibility-error').innerText(), /0 to 100/);
  await app.page.keyboard.press('Escape');
  assert.equal((await details(app)).visibility, 43);
});

appTest('links in the details lead on and can be taken away', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await app.page.getByRole('button', { name: 'Remove the link to Power' }).click();
  await app.frames(2);
  assert.equal((await app.mapState()).links, 5);
  await app.page.getByRole('button', { name: 'Hot Water', exact: true }).click();
  assert.equal((await details(app)).name, 'Hot Water');
});

appTest('the list edits what the map edits', async app => {
  await openTeaShop(app);
  await app.page.getByRole('tab', { name: 'List' }).click();
  assert.equal(await app.page.getByRole('row').count(), 8);
  await app.page.getByLabel('Show only names with').fill('cup');
  assert.match(await app.page.getByRole('status').first().innerText(), /Showing 2 of 7/);
  await app.page.getByLabel('Show only names with').fill('');
  const row = app.page.getByRole('row', { name: /Kettle/ });
  await row.click();
  await app.page.getByLabel('Name of Kettle').fill('Boiler');
  await app.page.keyboard.press('Enter');
  await app.page.getByLabel('Evolution of Boiler, per cent').fill('44');
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('button', { name: 'Show Boiler on the map' }).click();
  assert.deepEqual(await details(app).then(it => [it.name, it.evolution]), ['Boiler', 44]);
});

appTest('the list adds by name', async app => {
  await openTeaShop(app);
  await app.page.getByRole('tab', { name: 'List' }).click();
  await app.page.getByLabel('Name of a new component').fill('Spoon');
  await app.page.keyboard.press('Enter');
  await app.frames(2);
  assert.equal((await app.mapState()).components, 8);
  assert.ok(await app.page.getByRole('row', { name: /Spoon/ }).isVisible());
});

appTest('the list by keyboard: walk, rename, delete', async app => {
  await openTeaShop(app);
  await app.page.getByRole('tab', { name: 'List' }).click();
  await app.page.locator('.component-table tbody tr[tabindex="0"]').focus();
  await app.page.keyboard.press('ArrowDown');
  await app.page.waitForFunction(() => document.activeElement.textContent.includes('Cup of Tea'));
  await app.page.keyboard.press('F2');
  await app.page.waitForFunction(() => document.activeElement.tagName === 'INPUT');
  await app.page.keyboard.type('Mug of tea');
  await app.page.keyboard.press('Enter');
  await app.page.keyboard.press('Escape');
  await app.page.waitForFunction(() => document.activeElement.tagName === 'TR' && document.activeElement.textContent !== '');
  await app.page.keyboard.press('Delete');
  await app.frames(2);
  assert.equal((await app.mapState()).components, 6);
});

appTest('map settings take effect at once and can be undone', async app => {
  await openTeaShop(app);
  await app.page.getByRole('button', { name: 'Title, axes and size…' }).click();
  await app.page.selectOption('#settings-stages', { label: 'Practices: novel to best' });
  await app.page.keyboard.press('Escape');
  assert.match(await app.page.locator('#side-body').innerText(), /Novel, Emerging, Good, Best/);
  await app.page.locator('#map').focus();
  await app.page.keyboard.press('Control+z');
  await app.frames(2);
  assert.match(await app.page.locator('#side-body').innerText(), /Genesis/);
});

appTest('a chosen look is kept', async app => {
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('look: dark');
  await app.page.keyboard.press('Enter');
  const theme = () => app.page.evaluate(() => document.documentElement.dataset.theme);
  assert.equal(await theme(), 'dark');
  await app.page.reload();
  await app.started();
  assert.equal(await theme(), 'dark');
});

appTest('the guide leaves a first map', async app => {
  await app.page.getByRole('button', { name: 'Start from a user need' }).click();
  for (const name of ['Patients', 'An appointment', 'Booking system', 'Telephone']) {
    await app.page.locator('#guide-answer').fill(name);
    await app.page.keyboard.press('Enter');
    await app.frames(2);
  }
  await app.page.getByRole('button', { name: 'Finish' }).click();
  await app.frames(2);
  assert.deepEqual(await app.mapState().then(it => [it.components, it.links]), [4, 3]);
});
