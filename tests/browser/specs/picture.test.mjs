// Pictures with the map inside, the clipboard, paper and links.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import zlib from 'node:zlib';
import { appTest } from '../lib/app.mjs';
import { clickAt, menu, openTeaShop, status } from '../lib/map.mjs';

const BOOKING = new URL('../../../src/app/samples/outpatient-booking.map.json', import.meta.url).pathname;
const ESTATE = new URL('../../../src/app/samples/hospital-estate.map.json', import.meta.url).pathname;

const openBooking = app => app.thenPainted(() => app.dropFile(BOOKING));
const count = (app, components) =>
  app.page.waitForFunction(n => document.querySelector('#map').dataset.components === String(n), components);
const dialog = app => app.page.getByRole('dialog');
const press = async (app, key) => { await app.page.locator('#map').focus(); await app.page.keyboard.press(key); };

// Width and height from the head of a PNG.
const sizeOf = png => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

async function savedPicture(app, ...choices) {
  await press(app, 'Control+Shift+E');
  for (const choice of choices) await dialog(app).getByLabel(choice).check();
  return app.download(() => dialog(app).getByRole('button', { name: 'Save picture' }).click());
}

async function newMap(app) {
  await menu(app, 'File', 'New map');
  const leave = app.page.getByRole('button', { name: 'Go on without saving' });
  if (await leave.count() > 0) await leave.click();
  await count(app, 0);
}

appTest('a saved SVG opens as the map again', async app => {
  await openBooking(app);
  const picture = await savedPicture(app);
  assert.match(picture.name, /^Outpatient-booking_\d{4}-\d\d-\d\d\.map\.svg$/);
  assert.match(await status(app), /with the map inside/);
  await newMap(app);
  await app.thenPainted(() => app.dropFile({ name: picture.name, text: picture.text, type: 'image/svg+xml' }));
  await count(app, 24);
  assert.equal(await app.page.locator('#map-title').inputValue(), 'Outpatient booking');
});

appTest('a saved PNG has the chosen size, shows the map and opens as it again', async app => {
  await openBooking(app);
  const once = await savedPicture(app, 'PNG: for chats, slides, anything', '1×');
  await app.page.waitForFunction(() => document.querySelector('dialog') === null);
  const twice = await savedPicture(app, '2×', 'Black on white, for print');
  const [a, b] = [sizeOf(once.bytes), sizeOf(twice.bytes)];
  assert.ok(Math.abs(b.width - 2 * a.width) <= 2 && Math.abs(b.height - 2 * a.height) <= 2, `${a.width} ${b.width}`);
  // Something was drawn: black lines on white.
  const { dark, all } = await app.page.evaluate(async base64 => {
    const bytes = Uint8Array.from(atob(base64), it => it.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) dark += data[at] < 80 ? 1 : 0;
    return { dark, all: data.length / 4 };
  }, twice.bytes.toString('base64'));
  assert.ok(dark > all * 0.003 && dark < all * 0.2, `${dark} of ${all}`);

  await newMap(app);
  await app.thenPainted(() => app.dropFile({ name: twice.name, bytes: twice.bytes, type: 'image/png' }));
  await count(app, 24);
});

appTest('a picture only has no map inside, and opening it says so', async app => {
  await openBooking(app);
  const picture = await savedPicture(app, 'Picture only');
  assert.ok(!picture.name.includes('.map.') && !picture.text.includes('portolan-map'));
  await newMap(app);
  await app.dropFile({ name: picture.name, text: picture.text, type: 'image/svg+xml' });
  await dialog(app).getByText('without a map inside').waitFor();
  await app.page.keyboard.press('Escape');
  assert.equal((await app.mapState()).components, 0);
});

appTest('a picture pasted from the clipboard opens', async app => {
  await openBooking(app);
  const picture = await savedPicture(app, 'PNG: for chats, slides, anything', '1×');
  await newMap(app);
  await app.page.evaluate(base64 => {
    const bytes = Uint8Array.from(atob(base64), it => it.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
    document.querySelector('#map').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  }, picture.bytes.toString('base64'));
  await count(app, 24);
});

appTest('copying gives a picture, a table and text together, of the selection when there is one', async app => {
  await app.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openTeaShop(app);
  const copied = async () => {
    await app.page.evaluate(() => navigator.clipboard.writeText('before'));
    await press(app, 'Control+Shift+C');
    await app.page.locator('.status-message', { hasText: 'Copied as a picture' }).waitFor();
    // The system's clipboard takes the forms one after the other: read again until all are there.
    for (let attempt = 0; ; attempt += 1) {
      const forms = await app.page.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        const wanted = ['text/html', 'text/plain', 'image/png'];
        if (!wanted.every(type => item?.types.includes(type))) return null;
        const text = async type => (await item.getType(type)).text();
        const image = await createImageBitmap(await item.getType('image/png'));
        return { html: await text('text/html'), text: await text('text/plain'), width: image.width, height: image.height };
      });
      if (forms) return forms;
      assert.ok(attempt < 100, 'all three forms arrive');
      await app.page.waitForTimeout(50);
    }
  };
  const all = await copied();
  assert.ok(all.width > 1000 && all.height > 600, 'a picture');
  for (const name of ['Public', 'Cup of Tea', 'Kettle']) assert.ok(all.html.includes(`${name}</td>`) && all.text.includes(name), name);
  assert.equal(all.text.trim().split('\n').length, 7 + 3);

  await clickAt(app, 0.35, 0.43);
  const one = await copied();
  assert.ok(one.width < all.width / 2 && one.text.includes('Kettle') && !one.text.includes('Public'));

  // Pasted here it comes back as a component, not as lines of text.
  await press(app, 'Control+v');
  await count(app, 8);
});

appTest('where the browser copies no pictures, the text is copied and that is said', async app => {
  await app.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openTeaShop(app);
  await app.page.evaluate(() => { delete window.ClipboardItem; });
  await press(app, 'Control+Shift+C');
  await app.page.locator('.status-message', { hasText: 'copies no pictures' }).waitFor();
  assert.match(await app.page.evaluate(() => navigator.clipboard.readText()), /Kettle/);
  await app.page.evaluate(() => { navigator.clipboard.writeText = async () => { throw new DOMException('no', 'NotAllowedError'); }; });
  await press(app, 'Control+Shift+C');
  await app.page.locator('.status-message', { hasText: 'did not allow copying' }).waitFor();
});

appTest('a picture larger than browsers draw is refused before it is tried', async app => {
  await app.thenPainted(() => app.dropFile({ name: 'wide.owm', text: 'title Wide\nsize [6000, 4000]\ncomponent A [0.5, 0.5]\n' }));
  await press(app, 'Control+Shift+E');
  await dialog(app).getByLabel('PNG: for chats, slides, anything').check();
  await dialog(app).getByLabel('4×').check();
  await dialog(app).getByText('more than browsers draw').waitFor();
  assert.equal(await dialog(app).getByRole('button', { name: 'Save picture' }).isDisabled(), true);
  await dialog(app).getByLabel('1×').check();
  assert.equal(await dialog(app).getByRole('button', { name: 'Save picture' }).isDisabled(), false);
});

// Pages and words of a PDF that Chromium wrote. Texts are glyph numbers; each font's own table says which letters they are.
function readPdf(bytes) {
  const source = bytes.toString('latin1');
  const objects = new Map();
  for (const found of source.matchAll(/(\d+) 0 obj\b([\s\S]*?)endobj/g)) objects.set(found[1], found[2]);
  const stream = body => {
    const start = body.search(/stream\r?\n/);
    if (start < 0) return '';
    const from = start + body.slice(start).match(/stream\r?\n/)[0].length;
    const raw = Buffer.from(body.slice(from, body.lastIndexOf('endstream')), 'latin1');
    return /FlateDecode/.test(body) ? zlib.inflateSync(raw).toString('latin1') : raw.toString('latin1');
  };
  const letters = new Map();
  for (const body of objects.values()) {
    const table = body.match(/\/ToUnicode (\d+) 0 R/);
    if (!table) continue;
    const name = [...objects].find(([, it]) => it === body)[0];
    const map = new Map();
    const text = stream(objects.get(table[1]));
    for (const part of text.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
      for (const it of part[1].matchAll(/<(\w+)>\s*<(\w+)>/g)) map.set(parseInt(it[1], 16), String.fromCharCode(parseInt(it[2].slice(0, 4), 16)));
    }
    for (const part of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
      for (const it of part[1].matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
        for (let at = parseInt(it[1], 16); at <= parseInt(it[2], 16); at++) map.set(at, String.fromCharCode(parseInt(it[3], 16) + at - parseInt(it[1], 16)));
      }
    }
    letters.set(name, map);
  }
  const fontNames = new Map([...source.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(it => [it[1], it[2]]));
  const pages = [];
  for (const body of objects.values()) {
    if (!/\/Type \/Page\b(?!s)/.test(body)) continue;
    let text = '';
    const content = stream(objects.get(body.match(/\/Contents (\d+) 0 R/)[1]));
    let font = new Map();
    for (const it of content.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>(?=[^>]*?(?:Tj|\]))|(\bET\b)/g)) {
      if (it[1]) font = letters.get(fontNames.get(it[1])) ?? new Map();
      else if (it[2]) for (const glyph of it[2].match(/.{4}/g) ?? []) text += font.get(parseInt(glyph, 16)) ?? '';
      else text += '\n';
    }
    const box = body.match(/\/MediaBox \[([\d. ]+)\]/)[1].trim().split(/\s+/).map(Number);
    pages.push({ text, width: box[2], height: box[3], images: /\/Subtype \/Image/.test(content) });
  }
  return pages;
}

const pdf = app => app.page.pdf({ preferCSSPageSize: true, printBackground: true });

appTest('prints the map with legend, table and risks on counted pages', { theme: 'dark' }, async app => {
  await openBooking(app);
  await press(app, 'Control+p');
  await dialog(app).getByText('1 page: 1 of the map.').waitFor();
  await app.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const ground = await app.page.evaluate(() => {
    const { backgroundColor, colorScheme } = getComputedStyle(document.documentElement);
    return { backgroundColor, colorScheme };
  });
  assert.equal(ground.backgroundColor, 'rgb(255, 255, 255)', 'no dark frame around the page');
  assert.match(ground.colorScheme, /light/);
  await app.page.emulateMedia({ media: null, colorScheme: 'dark' });
  const [one, ...none] = readPdf(await pdf(app));
  assert.equal(none.length, 0, 'no empty page behind it');
  assert.ok(Math.abs(one.width - 842) < 2 && Math.abs(one.height - 595) < 2, 'A4 on its side');
  for (const words of ['Outpatient booking', 'Booking desk', 'Legend', 'Page 1 of 1']) assert.ok(one.text.includes(words), `${words} in ${one.text}`);
  assert.match(one.text, /\d{1,2} \w+ \d{4}/, 'the date');
  assert.ok(!one.text.includes('Print or save as PDF') && !one.text.includes('Title, axes'), 'nothing of the screen');

  await dialog(app).getByLabel('At full size, over several pages where needed').check();
  await dialog(app).getByLabel('With a table of the components').check();
  await dialog(app).getByLabel('With the top risks').check();
  const said = await dialog(app).getByText(/pages:.*of the map.*of the table.*of top risks/).innerText();
  const all = readPdf(await pdf(app));
  assert.equal(all.length, Number(said.match(/^(\d+) pages/)[1]));
  all.forEach((page, at) => assert.ok(page.text.includes(`Page ${at + 1} of ${all.length}`), page.text));
  const table = all.filter(page => page.text.includes('Components')).map(page => page.text).join('\n');
  for (const name of ['Clinic team', 'Database server', 'Waiting list spreadsheet'.slice(0, 12)]) assert.ok(table.includes(name), name);

  await dialog(app).getByLabel('A3 on its side').check();
  const [large] = readPdf(await pdf(app));
  assert.ok(Math.abs(large.width - 1191) < 2 && Math.abs(large.height - 842) < 2, 'A3 on its side');
});

appTest('a large map takes the pages that are announced', async app => {
  await app.thenPainted(() => app.dropFile(ESTATE));
  await press(app, 'Control+p');
  await dialog(app).getByLabel('With a table of the components').check();
  await dialog(app).getByLabel('With the top risks').check();
  const said = await dialog(app).getByText(/^\d+ pages:/).innerText();
  assert.equal(readPdf(await pdf(app)).length, Number(said.match(/^(\d+)/)[1]));
});

appTest('a link opens as the map, without notes and facts, and is gone from the address', async app => {
  await app.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openBooking(app);
  await menu(app, 'File', 'Share as a link…');
  const link = await app.page.locator('#link-text').inputValue();
  assert.ok(link.length <= 2000 && link.includes('#m=1.'));
  await dialog(app).getByRole('button', { name: 'Copy link' }).click();
  await app.page.locator('.status-message', { hasText: 'The link is on the clipboard' }).waitFor();
  assert.equal(await app.page.evaluate(() => navigator.clipboard.readText()), link);

  await app.page.goto('about:blank');
  await app.page.goto(link);
  await app.started();
  await count(app, 24);
  assert.equal(await app.page.evaluate(() => location.hash), '');
  assert.match(await status(app), /Opened from a link/);
  assert.match(await app.page.locator('#save-state').innerText(), /Not saved/);
  assert.ok(app.requests.every(url => !url.includes('m=1.')), 'nothing of it was sent');
  await app.page.keyboard.press('Escape');
  const saved = await app.download(async () => {
    await app.page.evaluate(() => { delete window.showSaveFilePicker; });
    await app.page.keyboard.press('Control+s');
  });
  for (const word of ['likelihood', 'Quayside', 'One retires']) assert.ok(fs.readFileSync(BOOKING, 'utf8').includes(word) && !saved.text.includes(word), word);
});

appTest('a link asks before it takes the place of work, and a broken one says what is wrong', async app => {
  await openBooking(app);
  await menu(app, 'File', 'Share as a link…');
  const link = await app.page.locator('#link-text').inputValue();
  await app.page.keyboard.press('Escape');
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await app.page.keyboard.press('Delete');
  await app.page.evaluate(link => { location.hash = link.split('#')[1]; }, link);
  await app.page.getByRole('button', { name: 'Stay here' }).click();
  assert.equal((await app.mapState()).components, 6);
  assert.equal(await app.page.evaluate(() => location.hash), '');
  await app.page.evaluate(link => { location.hash = link.split('#')[1].slice(0, 400); }, link);
  await app.page.getByRole('button', { name: 'Go on without saving' }).click();
  await dialog(app).getByText('damaged or cut short').waitFor();
  assert.equal((await app.mapState()).components, 6, 'the map is as it was');
});

appTest('a map that is too large for a link says so with its size and offers other ways', async app => {
  await app.thenPainted(() => app.dropFile(ESTATE));
  await menu(app, 'File', 'Share as a link…');
  await dialog(app).getByLabel('With notes and risk answers').check();
  await dialog(app).getByText(/Too big for a link: [\d,]+ characters/).waitFor();
  assert.equal(await app.page.locator('#link-text').count(), 0);
  await dialog(app).getByRole('button', { name: 'Export picture…' }).click();
  await app.page.getByRole('heading', { name: 'Export picture' }).waitFor();
});
