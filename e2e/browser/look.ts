import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
const SCHEMES = ['light', 'dark'] as const;

/**
 * Looks at a screen on a phone and on a desktop, in light and in dark: keeps a picture of each, finds nothing serious
 * with axe, nothing that has to be scrolled sideways, and nothing that is cut off. Leaves the page as wide as it was.
 */
export async function look(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  const found: string[] = [];
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // From its top: what has been scrolled halfway below the bar that stays there is not a target that is too small.
      await page.evaluate(() => {
        scrollTo(0, 0);
        return document.fonts.ready;
      });
      const path = `${import.meta.dirname}/screenshots/${name}-${size}-${colorScheme}.png`;
      await page.screenshot({ path, fullPage: true, animations: 'disabled' });
      found.push(...(await serious(page)).map((one) => `${size}, ${colorScheme}: ${one}`));
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) found.push(`${size}: ${wide} px too wide`);
    found.push(...(await cutOff(page)).map((one) => `${size}, cut off: ${one}`));
  }
  expect.soft(found, name).toEqual([]);
  if (before) await page.setViewportSize(before);
}

/** What hides a part of its content at its edge: a box that clips it, or a dialog that would have to be scrolled sideways. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const clips = (one: Element) =>
      one instanceof HTMLDialogElement || /hidden|clip/.test(getComputedStyle(one).overflowX);
    // What is only read aloud is a pixel wide, and a field shows what it can of what was typed.
    const may = (one: Element) => one.clientWidth <= 1 || one.matches('input, select, textarea, svg');
    return [...document.querySelectorAll('body *')]
      .filter((one) => clips(one) && !may(one) && one.scrollWidth > one.clientWidth)
      .map((one) => one.outerHTML.slice(0, 160));
  });
}

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
