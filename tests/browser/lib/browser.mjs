// Starts Chromium the way that works everywhere: headless, drawing in software, without
// calling home, with an empty profile.
import { chromium } from 'playwright-core';

const FLAGS = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
// The browser's own sandbox cannot be set up by root, as which containers and CI run.
const AS_ROOT = ['--no-sandbox'];

export async function launch({ flags = [] } = {}) {
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: [...FLAGS, ...(root ? AS_ROOT : []), ...flags],
  });
}
