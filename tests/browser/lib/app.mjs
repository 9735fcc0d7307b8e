// The app in a page under watch: every console error, page error, failed request and request
// to anywhere else is kept, and `check` fails on any of them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { launch } from './browser.mjs';
import { serve, siteFolder } from './site.mjs';

// The app tells what it has drawn in attributes of one element, its map:
//   data-components, data-links   how many it holds
//   data-painted                  raised by one in the same task as each finished drawing
//   data-view                     "zoom x y", brought up to date in each frame of a gesture too;
//                                 window = element's corner + world * zoom + (x, y)
//   data-frame                    "width height" of the map's plane in the world
//   data-preview                  something that changes with each frame of a drag (optional when
//                                 data-painted does)
export const MAP = '[data-painted]';

const TIME = 60_000;

// One browser for the tests of a file, a fresh profile (context) for each of them:
//   appTest('what a user would notice', async app => { ... });
// `options` as in `openApp`; `ignore` lists patterns of complaints that the test provokes.
export function appTest(name, options, work) {
  if (typeof options === 'function') return appTest(name, {}, options);
  test(name, { timeout: TIME, ...options.test }, async () => {
    const app = await openApp(options);
    try {
      await work(app);
      app.check();
    } finally {
      await app.close();
    }
  });
}

// Opens the site under test. Options: `under` (folder on the host), `compress`, `query`,
// `viewport`, `theme` ('light' | 'dark'), `contrast` ('more'), `reducedMotion`, `ignore`,
// `site` (another folder), `start: false` (do not load the page yet), `offline: true` (let the page keep itself for use
// without a network; else its own fetching would be among the requests that are counted).
export async function openApp(options = {}) {
  const server = await serve(options.site ?? siteFolder(), options);
  const browser = await launch(options);
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1366, height: 768 },
    colorScheme: options.theme ?? 'light',
    contrast: options.contrast ?? 'no-preference',
    reducedMotion: options.reducedMotion ?? 'no-preference',
    acceptDownloads: true,
    serviceWorkers: options.offline ? 'allow' : 'block',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  const app = new App({ server, browser, context, page, ignore: options.ignore ?? [] });
  if (options.start !== false) await app.load(options.query);
  return app;
}

export class App {
  constructor({ server, browser, context, page, ignore }) {
    Object.assign(this, { server, browser, context, page, ignore });
    this.complaints = [];
    this.requests = [];
    this.#watch(page);
  }

  #watch(page) {
    const own = url => url.startsWith(`${this.server.origin}/`) || /^(data|blob):/.test(url);
    page.on('console', message => {
      if (message.text().includes('blocked by Playwright')) return;
      if (['error', 'warning', 'assert'].includes(message.type())) this.complaints.push(`console ${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', error => this.complaints.push(`uncaught: ${error.message}`));
    page.on('crash', () => this.complaints.push('the page crashed'));
    page.on('request', request => {
      this.requests.push(request.url());
      if (!own(request.url())) this.complaints.push(`request to elsewhere: ${request.url()}`);
    });
    page.on('requestfailed', request => this.complaints.push(`request failed: ${request.url()} ${request.failure()?.errorText ?? ''}`));
    page.on('response', response => {
      if (response.status() >= 400) this.complaints.push(`status ${response.status()}: ${response.url()}`);
    });
  }

  // Loads the page and waits until the app has drawn its map.
  async load(query = '') {
    await this.page.goto(this.server.url + query);
    await this.started();
  }

  async started() {
    await this.page.waitForFunction(map => Number(document.querySelector(map)?.dataset.painted ?? 0) > 0, MAP);
  }

  // No complaint so far. Called at the end of each `appTest`.
  check() {
    const left = this.complaints.filter(it => !this.ignore.some(pattern => pattern.test(it)));
    assert.deepEqual(left, [], 'the page complained');
  }

  // Waits until the map has been drawn again since `before` (a value from `painted`), or at
  // all; then one more frame, so that what was drawn is on the screen. Returns what the map
  // says of itself.
  async waitPainted(before = 0, timeout = 20_000) {
    await this.page.waitForFunction(
      ([map, before]) => Number(document.querySelector(map)?.dataset.painted ?? 0) > before, [MAP, before], { timeout });
    await this.frames(2);
    return this.mapState();
  }

  painted() {
    return this.page.evaluate(map => Number(document.querySelector(map)?.dataset.painted ?? 0), MAP);
  }

  // Does `work` and waits for the drawing that follows it.
  async thenPainted(work) {
    const before = await this.painted();
    await work();
    return this.waitPainted(before);
  }

  mapState() {
    return this.page.evaluate(map => {
      const data = document.querySelector(map)?.dataset;
      if (!data) return null;
      return { components: Number(data.components), links: Number(data.links), painted: Number(data.painted), view: data.view ?? '' };
    }, MAP);
  }

  // Where a position of the map lies in the window.
  at(visibility, evolution) {
    return this.page.evaluate(([map, visibility, evolution]) => {
      const element = document.querySelector(map);
      const [zoom, x, y] = element.dataset.view.split(' ').map(Number);
      const [width, height] = element.dataset.frame.split(' ').map(Number);
      const box = element.getBoundingClientRect();
      return { x: box.x + x + evolution * width * zoom, y: box.y + y + (1 - visibility) * height * zoom };
    }, [MAP, visibility, evolution]);
  }

  frames(count = 1) {
    return this.page.evaluate(async count => {
      for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
    }, count);
  }

  // Chooses a file as the person would in the dialog that `openDialog` brings up: a button's
  // locator or a function that acts.
  async chooseFile(openDialog, file) {
    const [chooser] = await Promise.all([
      this.page.waitForEvent('filechooser'),
      typeof openDialog === 'function' ? openDialog() : openDialog.click(),
    ]);
    await chooser.setFiles(asUpload(file));
  }

  // Drops a file on an element, by default on the map, with the events a browser sends.
  async dropFile(file, target = MAP) {
    const { name, mimeType, buffer } = asUpload(file);
    const transfer = await this.page.evaluateHandle(({ name, type, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), it => it.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], name, { type }));
      return transfer;
    }, { name, type: mimeType, base64: buffer.toString('base64') });
    for (const event of ['dragenter', 'dragover', 'drop']) await this.page.dispatchEvent(target, event, { dataTransfer: transfer });
    await transfer.dispose();
  }

  // Does `work`, which must start a download; returns { name, text, bytes }.
  async download(work) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), work()]);
    const bytes = fs.readFileSync(await download.path());
    return { name: download.suggestedFilename(), bytes, text: bytes.toString('utf8') };
  }

  // What a screen reader is told: the text of all live regions.
  announcements() {
    return this.page.$$eval('[aria-live], [role=status], [role=alert]', all => all.map(it => it.textContent.trim()).filter(Boolean));
  }

  async close() {
    await this.browser.close();
    await this.server.close();
  }
}

// A path, or { name, text } made up by the test.
function asUpload(file) {
  if (typeof file === 'string') return { name: path.basename(file), mimeType: 'application/octet-stream', buffer: fs.readFileSync(file) };
  return { name: file.name, mimeType: file.type ?? 'text/plain', buffer: Buffer.from(file.bytes ?? file.text) };
}
