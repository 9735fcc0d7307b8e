// A page opened from the disk in Chromium, as by a double click: no server anywhere. Complaints, requests and what the
// page's policy refused are kept, and `check` fails on any of them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';

const WATCH = `window.violations = [];
  document.addEventListener('securitypolicyviolation', it => window.violations.push(it.violatedDirective + ' ' + it.blockedURI));`;

export class FilePage {
  // Options of the browser's context, such as `javaScriptEnabled: false`.
  static async open(file, options = {}) {
    const browser = await launch();
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, acceptDownloads: true, locale: 'en-GB', timezoneId: 'UTC', ...options });
    const page = await context.newPage();
    await page.addInitScript(WATCH);
    const it = new FilePage({ browser, page, folder: fs.mkdtempSync(path.join(os.tmpdir(), 'portolan-file-')) });
    await page.goto(pathToFileURL(file).href);
    return it;
  }

  constructor({ browser, page, folder }) {
    Object.assign(this, { browser, page, folder });
    this.complaints = [];
    this.requests = [];
    page.on('console', message => { if (['error', 'warning', 'assert'].includes(message.type())) this.complaints.push(message.text()); });
    page.on('pageerror', error => this.complaints.push(`uncaught: ${error.message}`));
    page.on('request', request => { if (!(request.isNavigationRequest() && request.url().startsWith('file:')) && !/^(data|blob):/.test(request.url())) this.requests.push(request.url()); });
  }

  started(components = 0) {
    return this.page.waitForFunction(n => {
      const map = document.querySelector('#map');
      return Number(map?.dataset.painted ?? 0) > 0 && Number(map.dataset.components) >= n;
    }, components);
  }

  // Drops a map on the window.
  async drop(name, text, components) {
    await this.page.evaluate(dropFile, [name, text]);
    await this.page.waitForFunction(n => Number(document.querySelector('#map').dataset.components) === n, components);
  }

  // Does `work`, which must start a download; returns { name, path, text }.
  async download(work) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), work()]);
    const file = path.join(this.folder, `${Date.now()}-${download.suggestedFilename()}`);
    await download.saveAs(file);
    return { name: download.suggestedFilename(), path: file, text: fs.readFileSync(file, 'utf8') };
  }

  async check({ scripts = true } = {}) {
    assert.deepEqual(this.complaints, [], 'the page complained');
    assert.deepEqual(this.requests, [], 'the page asked for something');
    if (scripts) assert.deepEqual(await this.page.evaluate(() => window.violations), [], 'the policy refused something');
  }

  async close() {
    await this.browser.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

// Runs in a page: the events of a file that is dropped on the map.
export function dropFile([name, text]) {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name, { type: 'text/plain' }));
  for (const event of ['dragenter', 'dragover', 'drop']) {
    document.querySelector('#map').dispatchEvent(new DragEvent(event, { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }
}
