// Firefox by WebDriver BiDi, as much of it as the tests need: any Firefox of the system will do, no patched one.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { WebSocket } from 'ws';

const PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'];
// It calls nobody, asks nothing and saves where it is told.
const PREFS = {
  'app.normandy.enabled': false, 'app.update.auto': false, 'app.update.enabled': false, 'browser.aboutwelcome.enabled': false,
  'browser.download.always_ask_before_handling_new_types': false, 'browser.download.alwaysOpenPanel': false, 'browser.download.folderList': 2,
  'browser.download.useDownloadDir': true, 'browser.shell.checkDefaultBrowser': false, 'browser.startup.homepage_override.mstone': 'ignore',
  'browser.safebrowsing.malware.enabled': false, 'browser.safebrowsing.phishing.enabled': false, 'datareporting.policy.dataSubmissionEnabled': false,
  'dom.disable_beforeunload': true, 'extensions.update.enabled': false, 'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false, 'toolkit.telemetry.enabled': false, 'intl.accept_languages': 'en-GB',
};

// Where Firefox is; null where there is none. FIREFOX names one.
export function firefoxPath() {
  return [process.env.FIREFOX, ...PLACES].find(it => it && fs.existsSync(it)) ?? null;
}

const TIME = 60_000;

export class Firefox {
  // `width`, `height` of the window's inside.
  static async launch({ width = 1366, height = 768 } = {}) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'portolan-firefox-'));
    const downloads = path.join(folder, 'downloads');
    fs.mkdirSync(downloads);
    const prefs = { ...PREFS, 'browser.download.dir': downloads };
    fs.writeFileSync(path.join(folder, 'user.js'), Object.entries(prefs).map(([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});\n`).join(''));
    const child = spawn(firefoxPath(), ['--headless', '--no-remote', '--profile', folder, '--remote-debugging-port', '0'], {
      stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: folder, MOZ_HEADLESS_WIDTH: String(width), MOZ_HEADLESS_HEIGHT: String(height) },
    });
    const firefox = new Firefox({ child, folder, downloads });
    try {
      await firefox.#connect();
      await firefox.send('browsingContext.setViewport', { context: firefox.context, viewport: { width, height } });
    } catch (error) {
      await firefox.close();
      throw error;
    }
    return firefox;
  }

  constructor({ child, folder, downloads }) {
    Object.assign(this, { child, folder, downloads });
    this.waiting = new Map();
    this.number = 0;
    // Errors and warnings of the page, and addresses asked for that are neither the file itself nor inside it.
    this.complaints = [];
    this.requests = [];
  }

  async #connect() {
    let said = '';
    const address = await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`Firefox did not start:\n${said}`)), TIME);
      this.child.once('error', reject);
      this.child.once('exit', code => reject(new Error(`Firefox ended with ${code}:\n${said}`)));
      this.child.stderr.on('data', data => {
        said += data;
        const found = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
        if (found) { clearTimeout(late); resolve(found[1]); }
      });
    });
    this.socket = new WebSocket(`${address}/session`);
    await new Promise((resolve, reject) => { this.socket.once('open', resolve); this.socket.once('error', reject); });
    this.socket.on('message', data => this.#receive(JSON.parse(data)));
    await this.send('session.new', { capabilities: { alwaysMatch: { unhandledPromptBehavior: { default: 'accept' } } } });
    await this.send('session.subscribe', { events: ['log.entryAdded', 'network.beforeRequestSent'] });
    await this.send('script.addPreloadScript', {
      functionDeclaration: '() => { window.violations = []; document.addEventListener("securitypolicyviolation", it => window.violations.push(`${it.violatedDirective} ${it.blockedURI}`)); }',
    });
    const { contexts } = await this.send('browsingContext.getTree', {});
    this.context = contexts[0].context;
  }

  #receive(message) {
    if (message.type === 'event') {
      const { method, params } = message;
      if (method === 'log.entryAdded' && ['error', 'warn'].includes(params.level)) this.complaints.push(`${params.level}: ${params.text}`);
      if (method === 'network.beforeRequestSent' && !/^(file|data|blob|about|chrome|resource):/.test(params.request.url)) this.requests.push(params.request.url);
      return;
    }
    const { resolve, reject } = this.waiting.get(message.id) ?? {};
    this.waiting.delete(message.id);
    if (message.type === 'success') resolve?.(message.result);
    else reject?.(new Error(`${message.error}: ${message.message}`));
  }

  send(method, params) {
    const id = ++this.number;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => { this.waiting.delete(id); reject(new Error(`${method} took too long`)); }, TIME);
      const done = work => value => { clearTimeout(late); work(value); };
      this.waiting.set(id, { resolve: done(resolve), reject: done(reject) });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }

  goto(url) {
    return this.send('browsingContext.navigate', { context: this.context, url, wait: 'complete' });
  }

  // What the function answers in the page, as JSON.
  async evaluate(work, ...args) {
    const expression = `(async () => JSON.stringify(await (${work})(...${JSON.stringify(args)})))()`;
    const answer = await this.send('script.evaluate', { expression, target: { context: this.context }, awaitPromise: true });
    if (answer.type !== 'success') throw new Error(answer.exceptionDetails?.text ?? 'the page threw');
    return answer.result.value === undefined ? undefined : JSON.parse(answer.result.value);
  }

  // Waits until the function answers something true, and returns it.
  async waitFor(work, ...args) {
    const end = Date.now() + TIME / 2;
    for (;;) {
      const value = await this.evaluate(work, ...args).catch(() => null);
      if (value) return value;
      if (Date.now() > end) throw new Error(`not there after ${TIME / 2000} s: ${work}`);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  // Keys one after the other; `held` stays down meanwhile.
  async keys(keys, held = []) {
    const press = value => [{ type: 'keyDown', value }, { type: 'keyUp', value }];
    const actions = [...held.map(value => ({ type: 'keyDown', value })), ...keys.flatMap(press), ...held.map(value => ({ type: 'keyUp', value }))];
    await this.send('input.performActions', { context: this.context, actions: [{ type: 'key', id: 'keys', actions }] });
  }

  async click(x, y) {
    const actions = [{ type: 'pointerMove', x: Math.round(x), y: Math.round(y) }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }];
    await this.send('input.performActions', { context: this.context, actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  // Clicks the button that says this.
  async press(words) {
    const [x, y] = await this.waitFor(words => {
      const button = [...document.querySelectorAll('button')].find(it => it.textContent.includes(words) && !it.disabled && it.offsetParent);
      if (!button) return null;
      const box = button.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    }, words);
    await this.click(x, y);
  }

  // Does `work`, which must start a download; returns { name, path, text }.
  async download(work) {
    const before = new Set(fs.readdirSync(this.downloads));
    await work();
    const end = Date.now() + TIME / 2;
    for (;;) {
      const all = fs.readdirSync(this.downloads);
      const name = all.find(it => !before.has(it) && !it.endsWith('.part'));
      const file = name && path.join(this.downloads, name);
      if (file && !all.includes(`${name}.part`) && fs.statSync(file).size > 0) return { name, path: file, text: fs.readFileSync(file, 'utf8') };
      if (Date.now() > end) throw new Error('no download came');
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }

  async close() {
    this.socket?.close();
    const ended = new Promise(resolve => this.child.once('exit', resolve));
    if (this.child.exitCode === null && this.child.kill()) await ended;
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
