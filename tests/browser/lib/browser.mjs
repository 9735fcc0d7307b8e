// Starts Chromium the way that works everywhere: headless, drawing in software, without
// calling home, with an empty profile.
import { chromium } from 'playwright-core';

const FLAGS = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
// The browser's own sandbox cannot be set up by root or in most containers, where CI runs.
const WITHOUT_SANDBOX = ['--no-sandbox'];

export async function launch({ flags = [] } = {}) {
  const contained = process.getuid?.() === 0 || Boolean(process.env.CI);
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: [...FLAGS, ...(contained ? WITHOUT_SANDBOX : []), ...flags],
  });
}
