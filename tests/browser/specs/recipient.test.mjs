// A map goes out by mail to somebody without the tool, comes back corrected, and the sender sees what changed and takes it in.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { openApp } from '../lib/app.mjs';
import { FilePage } from '../lib/file-page.mjs';
import { menu, status } from '../lib/map.mjs';

const BOOKING = new URL('../../../src/app/samples/outpatient-booking.map.json', import.meta.url).pathname;
const mails = fs.mkdtempSync(path.join(os.tmpdir(), 'portolan-mail-'));
after(() => fs.rmSync(mails, { recursive: true, force: true }));
const CONTRACT = 'Quayside Clinics licence and support';

async function contractForm(page) {
  await page.locator('.stage').getByRole('tab', { name: 'Risk', exact: true }).click();
  await page.getByRole('button', { name: 'Records', exact: true }).click();
  await page.getByRole('button', { name: 'Contracts', exact: true }).click();
  await page.locator('.record-list summary', { hasText: CONTRACT }).click();
  return page.locator('details[open] .record-form');
}

test('the recipient reads, corrects an end date and sends the file back; the sender sees exactly that and takes it in', { timeout: 180_000 }, async () => {
  const sender = await openApp();
  let recipient;
  try {
    await sender.page.evaluate(() => { delete window.showOpenFilePicker; });
    await sender.thenPainted(() => sender.dropFile(BOOKING));
    await menu(sender, 'File', /^Send to someone/);
    await sender.page.waitForFunction(() => /[KM]B/.test(document.querySelector('#send-size')?.textContent ?? ''));
    const attachment = await sender.download(() => sender.page.getByRole('button', { name: 'Download the HTML file' }).click());
    await sender.page.keyboard.press('Escape');
    // Meanwhile the sender goes on working on something else.
    await sender.page.locator('#map').focus();
    await sender.page.keyboard.press('n');
    await sender.page.keyboard.type('Text reminders\n');
    await sender.page.keyboard.press('Escape');

    const file = path.join(mails, attachment.name);
    fs.writeFileSync(file, attachment.text);
    recipient = await FilePage.open(file);
    await recipient.started(24);
    await recipient.page.locator('.stage').getByRole('tab', { name: 'Risk', exact: true }).click();
    const top = recipient.page.locator('.top-risk h3');
    assert.ok(await top.count() >= 5, 'the first five risks are one click away');
    const form = await contractForm(recipient.page);
    await form.getByLabel('Last day').fill('30/09/2026');
    await recipient.page.keyboard.press('Enter');
    await recipient.page.waitForFunction(() => /Changes|only in/.test(document.querySelector('#save-state').textContent));
    await recipient.page.evaluate(() => { delete window.showSaveFilePicker; });
    await recipient.page.keyboard.press('Control+s');
    const back = await recipient.download(() => recipient.page.getByRole('button', { name: 'Download the HTML file' }).click());
    await recipient.check();

    await sender.thenPainted(() => sender.chooseFile(() => menu(sender, 'Compare', /^Compare with a file/), { name: path.basename(back.name), text: back.text, type: 'text/html' }));
    const rows = await sender.page.locator('.difference').allInnerTexts();
    assert.ok(rows.some(row => row.includes(CONTRACT) && row.includes('2026-09-30') && row.includes('2027-03-31')), rows.join('\n'));
    assert.ok(rows.some(row => row.includes('Text reminders')), 'what the sender added meanwhile is a difference too');
    // The file knows what both began from, so nothing is asked: only the recipient's correction comes over.
    await sender.page.getByRole('button', { name: 'Take over', exact: true }).click();
    await sender.page.getByRole('checkbox', { name: new RegExp(CONTRACT) }).check();
    await sender.page.getByRole('button', { name: /^Take over( 1 thing)?$/ }).last().click();
    assert.match(await status(sender), /^Taken over from/);
    await menu(sender, 'Compare', /^Stop comparing/);
    const taken = await contractForm(sender.page);
    assert.equal(await taken.getByLabel('Last day').inputValue(), '2026-09-30');
    assert.equal((await sender.mapState()).components, 25, 'the sender’s own work is still there');
    sender.check();
  } finally {
    await recipient?.close();
    await sender.close();
  }
});
