// The automatic accessibility check (axe) on a page.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

// WCAG 2.2 A and AA and axe's own best practices. The page's content security policy does not
// apply to what the driver evaluates.
export async function violations(page, { within, disable = [] } = {}) {
  if (!(await page.evaluate(() => 'axe' in window))) {
    const { readFile } = await import('node:fs/promises');
    await page.evaluate(await readFile(AXE, 'utf8'));
  }
  const result = await page.evaluate(
    ([within, disable]) => window.axe.run(within ?? document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: Object.fromEntries(disable.map(it => [it, { enabled: false }])),
    }),
    [within, disable]);
  return result.violations.map(it => `${it.id} (${it.impact}): ${it.help}\n    ${it.nodes.map(node => `${node.target.join(' ')}: ${node.failureSummary?.split('\n').slice(1).join(';')}`).join('\n    ')}`);
}

export async function assertAccessible(page, options) {
  // Colours on their way from one look to another are nobody's choice.
  await page.evaluate(() => Promise.all(document.getAnimations()
    .filter(it => it.effect?.getComputedTiming().endTime !== Infinity)
    .map(it => it.finished.catch(() => {}))));
  assert.deepEqual(await violations(page, options), [], 'axe found violations');
}
