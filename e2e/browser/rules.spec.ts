import { look } from './look.ts';
import { connect, preview, raise, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, blocksOf, PASSWORD, sandbox } from './world.ts';

const NOTHING = 'Treat like everyone';
const MUTE = 'Mute, don’t block';
const SPARE = 'Spare them';

test('the rules, from the form to the preview and what comes of it: one is spared, one muted, one blocked all the same', async ({
  page,
}) => {
  const me = await addAccount({ password: PASSWORD });
  const [troll, friend, fan] = [await addAccount(), await addAccount(), await addAccount()];
  const [partner, caller, famous] = [await addAccount(), await addAccount(), await addAccount({ followers: 30 })];
  const crowd = [friend, fan, partner, caller, famous];
  await sandbox().perform(
    ...crowd.map((account) => ({ do: 'follow' as const, account, subject: [troll] })),
    { do: 'follow', account: me, subject: [friend] },
    { do: 'follow', account: fan, subject: [me] },
    { do: 'post', account: me, mentions: [partner] },
    { do: 'post', account: caller, mentions: [me] },
  );
  await signIn(page);
  await connect(page, me);
  await page.goto('/shields/new');
  await page.getByLabel('Who is it coming from?').fill(troll);
  await page.getByLabel('People you follow', { exact: true }).selectOption(SPARE);
  await page.getByLabel('People who follow you').selectOption(NOTHING);
  await page.getByText('More rules').click();
  await page.getByLabel('People you talked with in the last 90 days').selectOption(MUTE);
  await expect(page.getByText('Messages are never read.')).toBeVisible();
  await expect(page.getByText('on X nobody is found by this')).toHaveCount(0);
  await page.getByLabel('Accounts with many followers').selectOption(SPARE);
  await page.getByLabel('Many is more than').fill('20');
  await look(page, 'new-shield-rules');
  await page.getByRole('button', { name: 'Look at what it would do' }).click();

  await expect(page.getByText('The whole crowd is listed: 6 accounts')).toBeVisible();
  await expect(page.getByText('Reading who your own people are.')).toHaveCount(0);
  const spared = page.getByRole('region', { name: 'Your own people in this crowd' });
  const muted = page.getByRole('region', { name: 'Muted, and not blocked' });
  await expect(spared.getByText('You follow them: 1')).toBeVisible();
  await expect(muted.getByText('You talked with them: 1')).toBeVisible();
  // By name only once somebody looks.
  await expect(muted.getByText(partner)).toBeHidden();
  await muted.getByText('Show 1 person who is only muted').click();
  await expect(muted.getByText(partner)).toBeVisible();
  await expect(muted.getByText(caller)).toHaveCount(0);
  await look(page, 'preview-rules');
  await raise(page);
  await expect.poll(async () => sandbox().mutes(me)).toHaveLength(1);
  const names = async (dids: Iterable<string>) =>
    (await Promise.all([...dids].map(async (did) => (await sandbox().person(did))?.handle))).sort();
  await expect.poll(async () => names((await blocksOf(me)).values())).toEqual([troll, fan, caller].sort());
  expect(await names(await sandbox().mutes(me))).toEqual([partner]);
});

test('friends of friends stand closed in the preview, are looked for when somebody wants it, and spared by hand', async ({
  page,
}) => {
  const me = await addAccount({ password: PASSWORD });
  const [troll, known, stranger] = [await addAccount(), await addAccount(), await addAccount()];
  const friends = [await addAccount(), await addAccount(), await addAccount()];
  await sandbox().perform(
    { do: 'follow', account: me, subject: friends },
    ...friends.map((account) => ({ do: 'follow' as const, account, subject: [known] })),
    ...[known, stranger].map((account) => ({ do: 'follow' as const, account, subject: [troll] })),
  );
  await signIn(page);
  await connect(page, me);
  await preview(page, troll);
  await expect(page.getByText('The whole crowd is listed: 3 accounts')).toBeVisible();
  await expect(page.locator('[data-figure=toDo]')).toHaveText('3');
  await expect(page.getByRole('button', { name: 'Look for them' })).toBeHidden();
  await page.getByText('Friends of friends: look through them yourself').click();
  await page.getByRole('button', { name: 'Look for them' }).click();
  await expect(page.getByText('Followed by 3 of those you follow')).toBeVisible();
  await expect(page.getByText('1 friend of friends to look through')).toBeVisible();
  await look(page, 'preview-friends');
  await page.getByRole('button', { name: `Always spare @${known}` }).click();
  await expect(page.getByText('On your list of people to spare: 1')).toBeVisible();
  await expect(page.getByText('No friends of friends in this crowd')).toBeVisible();
  await expect(page.locator('[data-figure=toDo]')).toHaveText('2');
  await raise(page);
  await expect.poll(async () => (await blocksOf(me)).size).toBe(2);
});
