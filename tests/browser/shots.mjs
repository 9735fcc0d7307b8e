// Pictures for people to look at: node shots.mjs FOLDER [FILE ...]
// Starts the site (PORTOLAN_SITE), opens each FILE in turn (none: the first screen) and writes
// PNGs at several sizes and themes into FOLDER, which should lie outside the project.
import fs from 'node:fs';
import path from 'node:path';
import { openApp } from './lib/app.mjs';

const [folder, ...files] = process.argv.slice(2);
if (!folder) throw new Error('Which folder should the pictures go to?');
fs.mkdirSync(folder, { recursive: true });

const LOOKS = [
  { name: '1366x768-light', viewport: { width: 1366, height: 768 } },
  { name: '1366x768-dark', viewport: { width: 1366, height: 768 }, theme: 'dark' },
  { name: '1366x768-contrast', viewport: { width: 1366, height: 768 }, contrast: 'more' },
  { name: '1920x1080-light', viewport: { width: 1920, height: 1080 } },
  { name: '320x640-light', viewport: { width: 320, height: 640 } },
  // A 1366 pixels wide window at 200 % zoom.
  { name: '683x384-light', viewport: { width: 683, height: 384 } },
];

for (const look of LOOKS) {
  for (const file of files.length > 0 ? files : [null]) {
    const app = await openApp(look);
    try {
      if (file) await app.thenPainted(() => app.dropFile(file));
      await app.page.waitForTimeout(700);
      const name = `${file ? path.parse(file).name : 'start'}-${look.name}.png`;
      await app.page.screenshot({ path: path.join(folder, name) });
      console.log(name, app.complaints.length > 0 ? `complaints: ${app.complaints.join(' | ')}` : '');
    } finally {
      await app.close();
    }
  }
}
