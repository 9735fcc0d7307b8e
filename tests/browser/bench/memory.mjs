// Memory of a page after forced collections, in bytes: what the script engine holds, the bytes of
// buffers and WebAssembly, and (Linux only) all that the page's process keeps to itself.
import fs from 'node:fs';

export async function memory(browser, cdp) {
  await cdp.send('HeapProfiler.enable');
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.disable');
  const usage = await cdp.send('Runtime.getHeapUsage');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const own = processInfo.filter(it => it.type === 'renderer').map(it => privateBytes(it.id)).filter(it => it !== null);
  return {
    script: usage.usedSize + (usage.backingStorageSize ?? 0),
    // The largest page process is ours; the others are the browser's spares.
    process: own.length > 0 ? Math.max(...own) : null,
  };
}

function privateBytes(pid) {
  try {
    const text = fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+)/gm)].reduce((sum, it) => sum + Number(it[1]) * 1024, 0);
  } catch {
    return null;
  }
}
