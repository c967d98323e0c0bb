import type { Page } from '@playwright/test';
import { look } from './look.ts';
import { accountRow, connect, preview, raise, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, blocksOf, fresh, PASSWORD, sandbox } from './world.ts';

const FIELD = 'Your handle on Bluesky';

/** Somebody new on one of the sandbox's Mastodon servers. */
async function person(server: string, more: { followers?: number; hidesLists?: boolean } = {}) {
  const username = fresh('m');
  await sandbox().perform({
    do: 'add-fedi-accounts',
    accounts: [{ server, username, displayName: null, password: PASSWORD, followers: 0, hidesLists: false, ...more }],
  });
  const name = `${username}@${server}`;
  return { ...(await sandbox().fediverse.person(name)), name, username, server };
}
type Person = Awaited<ReturnType<typeof person>>;

/** Makes something go wrong at one server, for as long as `work` takes. */
async function during(
  what: { kind: 'html' | '403' | '503' | '429'; method: string; account: string },
  work: () => Promise<void>,
) {
  const { id } = await sandbox().addFault(what);
  await work();
  await sandbox().removeFault(id);
}

/** Signs in on the server's own page, and answers what it asks. */
async function consent(page: Page, who: Person, answer: 'Allow' | 'Say no' = 'Allow'): Promise<void> {
  await expect(page.getByRole('heading', { name: `Sign in to ${who.server}` })).toBeVisible();
  if (answer === 'Allow') {
    await page.getByLabel('Handle').fill(who.username);
    await page.getByLabel('Password').fill(PASSWORD);
  }
  await page.getByRole('button', { name: answer }).click();
}

async function connectAt(page: Page, who: Person): Promise<void> {
  await page.goto('/accounts');
  await page.getByLabel(FIELD).first().fill(`@${who.handle}`);
  await page.getByRole('button', { name: 'Connect with Mastodon' }).click();
  await consent(page, who);
  await expect(accountRow(page, who.handle).getByText('Ready', { exact: true })).toBeVisible();
}

const blocks = async (who: Person) => (await sandbox().fediverse.held(who.name)).blocks;

test('signing in with Mastodon signs in, connects when asked to, and is the same member the next time', async ({
  page,
}) => {
  const who = await person('harbour');
  await page.goto('/sign-in');
  await look(page, 'sign-in-networks');
  // The name says which network it is, whatever is pressed.
  await page.getByLabel(FIELD).fill(`@${who.handle}`);
  await page.getByRole('button', { name: 'Continue with Bluesky' }).click();
  await consent(page, who);
  await expect(page.getByRole('heading', { name: 'Your accounts' })).toBeVisible();
  await expect(accountRow(page, who.handle).getByText('Ready', { exact: true })).toBeVisible();
  await expect(accountRow(page, who.handle).getByText(/ends follows both ways for good/)).toBeVisible();
  await expect(page.getByText(`Signed in as ${who.handle}`)).toBeVisible();
  await look(page, 'accounts-mastodon');
  const idOf = async () => (await (await page.request.get('/api/auth/session')).json()).user.id;
  const first = await idOf();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in', exact: true }).first()).toBeVisible();

  await page.goto('/sign-in');
  await page.getByLabel(FIELD).fill(who.handle.replace(/^.*@/, ''));
  await page.getByLabel('Let Secateur block and mute for me').uncheck();
  await page.getByRole('button', { name: 'Continue with Mastodon' }).click();
  await consent(page, who);
  await expect(page.getByRole('heading', { name: 'Your shields' })).toBeVisible();
  expect(await idOf()).toBe(first);
  // What signing in alone gave was given back, and not what the connection has.
  await page.goto('/accounts');
  await expect(accountRow(page, who.handle).getByText('Ready', { exact: true })).toBeVisible();
});

test('accounts on two networks; a shield on Mastodon: preview, blocks, hold, undo', async ({ page }) => {
  const [me, loud] = [await person('quarrel'), await person('harbour', { followers: 40 })];
  const crowd = await sandbox().fediverse.followers(loud.name, 0, 40);
  await sandbox().perform(
    { do: 'fedi-follow', account: me.name, subject: [String(crowd[0]?.nativeId)] },
    { do: 'fedi-block', account: me.name, subject: [String(crowd[1]?.nativeId)] },
  );
  const other = await addAccount({ password: PASSWORD });
  await signIn(page);
  await connect(page, other);
  await connectAt(page, me);
  await expect(
    accountRow(page, other)
      .getByText(/Bluesky/)
      .first(),
  ).toBeVisible();

  await page.goto('/shields/new');
  await page.getByLabel('Who is it coming from?').fill(`@${loud.handle}`);
  await expect(page.getByRole('checkbox', { name: `@${me.handle}` })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: `@${other}` })).not.toBeChecked();
  await expect(page.getByText('Bluesky · Nothing that you named is there')).toBeVisible();
  await page.getByRole('checkbox', { name: `@${me.handle}` }).uncheck();
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(page.getByText('Choose at least one of your accounts on each network that you named.')).toBeVisible();
  await look(page, 'new-shield-two-networks');
  await page.getByRole('checkbox', { name: `@${me.handle}` }).check();
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(page.getByText('The whole crowd is listed: 41 accounts')).toBeVisible();
  await expect(page.getByText(/ends follows both ways, for good/)).toBeVisible();
  await expect(page.locator('[data-figure=toDo]')).toHaveText('39');
  await look(page, 'preview-mastodon');
  await raise(page);
  await expect(page.getByText('39', { exact: true }).first()).toBeVisible();
  await expect.poll(async () => (await blocks(me)).length).toBe(40);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Everyone in it' })).toBeVisible();
  await look(page, 'shield-mastodon');
  await page.getByRole('button', { name: 'Undo everything' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo everything' }).click();
  await expect(page.locator('[data-state]')).toHaveText(/^Undone\. /);
  await expect.poll(async () => await blocks(me), { timeout: 30_000 }).toMatchObject([{ by: 'hand' }]);
  await look(page, 'shield-mastodon-undone');
});

test('the same harasser on two networks, and a post of theirs: one shield, acted on where each is', async ({
  page,
}) => {
  const [me, loud] = [await person('quarrel'), await person('harbour', { followers: 6 })];
  const [here, troll] = [await addAccount({ password: PASSWORD }), await addAccount({ followers: 5 })];
  await signIn(page);
  await connect(page, here);
  await connectAt(page, me);
  await page.goto('/shields/new');
  await page.getByLabel('Who is it coming from?').fill(`https://bsky.app/profile/${troll}`);
  await page.getByRole('button', { name: 'Add another source' }).click();
  await page.getByLabel('Another source').fill(`@${loud.handle}`);
  await expect(page.getByRole('checkbox', { name: `@${here}` })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: `@${me.handle}` })).toBeChecked();
  await look(page, 'new-shield-both-networks');
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(page.getByText(/of whom 13 are meant/)).toBeVisible();
  await expect(page.getByText(/^Mastodon: Private/)).toBeVisible();
  await look(page, 'preview-both-networks');
  await raise(page);
  await expect.poll(async () => (await blocks(me)).length).toBe(7);
  await expect.poll(async () => (await blocksOf(here)).size).toBe(6);
});

test('a crowd that its server hides is named by its number', async ({ page }) => {
  const [me, shy] = [await person('harbour'), await person('quarrel', { followers: 25, hidesLists: true })];
  await signIn(page);
  await connectAt(page, me);
  await preview(page, `@${shy.handle}`);
  await expect(page.getByText(/25 more are counted by their own server/)).toBeVisible();
});

test('what can go wrong on the way to a server is said, with the next step', async ({ page }) => {
  const who = await person('cellar');
  const begin = async (account: string) => {
    await page.goto('/sign-in');
    await page.getByLabel(FIELD).fill(account);
    await page.getByRole('button', { name: 'Continue with Mastodon' }).click();
  };
  await begin(`@${who.handle}`);
  await consent(page, who, 'Say no');
  await expect(page.getByText('Secateur was not allowed to do this.')).toBeVisible();
  await look(page, 'mastodon-declined');

  await begin('@nobody@127.0.0.1:9');
  await expect(page.getByText('The account’s own server doesn’t answer.')).toBeVisible();
  await look(page, 'mastodon-away');

  const at = { account: 'cellar' } as const;
  await during({ ...at, kind: 'html', method: 'm/apps' }, async () => {
    await sandbox().perform({ do: 'fedi-forget-apps', server: 'cellar' });
    await begin(`@${who.handle}`);
    await expect(page.getByText('Secateur can’t work with this server.')).toBeVisible();
  });
  await during({ ...at, kind: '403', method: 'm/apps' }, async () => {
    await begin(`@${who.handle}`);
    await expect(page.getByText('This server doesn’t let Secateur in.')).toBeVisible();
    await look(page, 'mastodon-refuses');
  });
  await during({ ...at, kind: '503', method: 'm/apps' }, async () => {
    await begin(`@${who.handle}`);
    await expect(page.getByText('The account’s own server doesn’t answer.')).toBeVisible();
  });
  await begin('not a name at all');
  await expect(page.getByText('There is no account with this handle.')).toBeVisible();
});

test('who quoted a post is listed once the account lets us, from the preview and back; the right is ended on the page of accounts', async ({
  page,
}) => {
  const [me, troll] = [await person('harbour'), await person('harbour')];
  const people = [await person('quarrel'), await person('quarrel'), await person('harbour')];
  await sandbox().perform({ do: 'fedi-post', account: troll.name, text: 'Get them' });
  const post = String((await sandbox().fediverse.posts()).find(({ author }) => author === troll.handle)?.link);
  await sandbox().perform(
    { do: 'fedi-quote', account: people.map(({ name }) => name), post },
    { do: 'fedi-follow', account: me.name, subject: [people[0]?.name ?? ''] },
  );
  await signIn(page);
  await connectAt(page, me);
  await page.goto('/shields/new');
  await page.getByLabel('Who is it coming from?').fill(post);
  for (const name of ['Who wrote the post', 'Everyone who liked the post', 'Everyone who reposted it'])
    await page.getByLabel(name).uncheck();
  await expect(page.getByText(/Your server shows this to accounts only/)).toBeVisible();
  await page.getByLabel('Everyone who quoted it').check();
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(page.getByRole('heading', { name: 'Let your account read this' })).toBeVisible();
  await look(page, 'preview-reading');
  await page.getByRole('button', { name: `Go and allow it for @${me.handle}` }).click();
  await consent(page, me);
  await expect(page.getByText(/^Everything is listed: 3 in all your sources/)).toBeVisible();
  await expect(page.locator('[data-figure=toDo]')).toHaveText('2');
  await look(page, 'preview-quoters');
  await raise(page);
  await expect.poll(async () => (await blocks(me)).length).toBe(2);

  await page.goto('/accounts');
  await expect(accountRow(page, me.handle).getByText(/It may also read posts/)).toBeVisible();
  await look(page, 'accounts-reading');
  await accountRow(page, me.handle)
    .getByRole('button', { name: /^End that/ })
    .click();
  await consent(page, me);
  await expect(accountRow(page, me.handle).getByText('Ready', { exact: true })).toBeVisible();
  await expect(accountRow(page, me.handle).getByText(/It may also read posts/)).toHaveCount(0);
});
