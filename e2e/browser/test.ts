import { test as base, expect, type Page } from '@playwright/test';

/** What the browser itself complains of when an answer isn't a success: some tests ask for those. */
const ANSWERS = /^Failed to load resource/;

function listen(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !ANSWERS.test(message.text())) faults.push(message.text());
  });
}

/** Playwright's test, which also fails when a page throws, or is kept from loading something by its own policy. */
export const test = base.extend<{ faults: string[] }>({
  faults: [
    async ({ context }, use) => {
      const faults: string[] = [];
      context.on('page', (page) => listen(page, faults));
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };
