import { DAY } from '@secateur/base';
import { DEMO } from '@secateur/sandbox';
import { look } from './look.ts';
import { connect, preview, raise, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { blocksOf, fault, sandbox } from './world.ts';

const TROLL = 'grudge.sandbox.test';

test('someone who is piled on blocks the crowd, and after six weeks exactly those blocks are gone', async ({
  page,
  context,
}) => {
  test.setTimeout(180_000);
  const before = await blocksOf(DEMO.handle);
  expect(before.size).toBeGreaterThan(0);
  await signIn(page);
  await connect(page, DEMO.handle, DEMO.password);
  await look(page, 'accounts-ready');

  await preview(page, TROLL);
  await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible();
  const people = page.getByRole('region', { name: 'Your own people in this crowd' });
  await people.getByText('Show 18 people who are spared').click();
  await expect(people.getByText('You follow each other: 6')).toBeVisible();
  await expect(people.getByRole('button', { name: /^Always spare / })).toHaveCount(18);
  await people
    .getByRole('button', { name: /^Always spare / })
    .first()
    .click();
  await expect(people.getByText('On your list', { exact: true })).toBeVisible();
  await expect(page.getByText('Public: anyone can look up whom you block on Bluesky.')).toBeVisible();
  await look(page, 'preview-ready');
  const toDo = Number(((await page.locator('[data-figure=toDo]').textContent()) ?? '').replace(/\D/g, ''));

  // Slow enough to be seen at work.
  const quicken = await fault({
    kind: 'slow',
    method: 'com.atproto.repo.applyWrites',
    account: DEMO.handle,
    latencyMs: 800,
  });
  await raise(page);
  const standing = page.locator('[data-state]');
  await expect(standing).toHaveText(new RegExp(`^Blocking: [\\d,]+ of ${toDo.toLocaleString('en-GB')} confirmed$`));
  await look(page, 'shield-acting');
  await quicken();
  await page.close();

  const later = await context.newPage();
  await later.goto('/shields');
  await later.getByRole('link', { name: `@${TROLL}` }).click();
  const state = later.locator('[data-state]');
  await expect(state).toHaveText(`${toDo.toLocaleString('en-GB')} are blocked, all confirmed`);
  await look(later, 'shield-holding');
  const during = await blocksOf(DEMO.handle);
  expect(during.size).toBe(before.size + toDo);
  await later.getByText('Only the spared').click();
  await expect(later.locator('tbody tr[data-outcome=spared]')).toHaveCount(18);
  await expect(later.locator('tbody tr:not([data-outcome=spared])')).toHaveCount(0);

  await sandbox().advance(46 * DAY);
  await expect(state).toHaveText(`Ended. All ${toDo.toLocaleString('en-GB')} it covered are free again.`, {
    timeout: 60_000,
  });
  await look(later, 'shield-ended');
  expect(await blocksOf(DEMO.handle)).toEqual(before);
});
