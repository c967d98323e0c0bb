import { look } from './look.ts';
import { connect, raise, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, blocksOf, fresh, PASSWORD, sandbox } from './world.ts';

/** Somebody with a post and a list, and people who did something about them. */
async function crowd(count: number) {
  const [troll, ...people] = await Promise.all(Array.from({ length: count + 1 }, () => addAccount()));
  if (!troll) throw new Error('an account was made');
  const me = await addAccount({ password: PASSWORD });
  return { me, troll, people };
}

test('a post: those who liked it and reposted it, with a word about those who quoted it', async ({ page }) => {
  const { me, troll, people } = await crowd(6);
  const key = '3aaaaaaaaaaa2';
  await sandbox().perform(
    { do: 'post', account: troll, key, text: 'Get them' },
    { do: 'like', account: people.slice(0, 3), post: `${troll}/${key}` },
    { do: 'repost', account: people.slice(2, 4), post: `${troll}/${key}` },
    { do: 'quote', account: people.slice(4, 5), post: `${troll}/${key}` },
    { do: 'follow', account: me, subject: [people[0] ?? ''] },
  );
  await signIn(page);
  await connect(page, me);
  await page.goto('/shields/new');
  await page.getByLabel('Who is it coming from?').fill(`https://bsky.app/profile/${troll}/post/${key}`);
  await expect(page.getByLabel('Everyone who liked the post')).toBeChecked();
  await expect(page.getByLabel('Everyone who quoted it')).not.toBeChecked();
  await expect(page.getByText('Quoting is often criticism')).toBeVisible();
  await expect(page.getByLabel('Everyone who follows it')).toHaveCount(0);
  await look(page, 'new-shield-post');
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(page.getByText(/^Everything is listed: 6 in all your sources, of whom 5 are meant/)).toBeVisible();
  await expect(page.getByText(/^Everyone who liked a post of/)).toBeVisible();
  await look(page, 'preview-post');
  await raise(page);
  await expect.poll(async () => new Set((await blocksOf(me)).values()).size).toBe(4);
  await look(page, 'shield-post');
});

test('several sources: followers who are on a list too, a file beside them; one that is wrong loses nothing', async ({
  page,
}) => {
  const { me, troll, people } = await crowd(8);
  const key = '3aaaaaaaaaaa3';
  await sandbox().perform(
    ...people.slice(0, 5).map((account) => ({ do: 'follow' as const, account, subject: [troll] })),
    { do: 'add-list', account: troll, key, name: 'The gang', members: people.slice(3, 7) },
  );
  await signIn(page);
  await connect(page, me);
  await page.goto('/shields/new');
  await page.getByLabel('Who is it coming from?').fill(troll);
  await page.getByRole('button', { name: 'Add another source' }).click();
  await expect(page.getByLabel('Another source')).toBeFocused();
  await page.getByLabel('Another source').fill(`https://bsky.app/profile/${troll}/lists/wrong`);
  const file = `handle\n${people.slice(4, 8).join('\n')}\nno account\n`;
  await page.getByLabel('A file of accounts').setInputFiles({
    name: 'list.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(file),
  });
  await expect(page.getByText('4 of 5 lines name an account.')).toBeVisible();
  await page.getByText('1 line that can’t be used').click();
  await expect(page.getByText('Names no account')).toBeVisible();
  await page.getByRole('radio', { name: 'Those who are on at least 2 of them' }).check();
  await look(page, 'new-shield-several');
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(page.getByText('There is no such post or list, or it is not shown to everybody.').first()).toBeVisible();
  await look(page, 'preview-one-wrong');
  await page.getByRole('button', { name: 'Change' }).click();
  await expect(page.getByLabel('Who is it coming from?')).toHaveValue(troll);
  await expect(page.getByText('4 of 5 lines name an account.')).toBeVisible();
  await page.getByLabel('Another source').fill(`https://bsky.app/profile/${troll}/lists/${key}`);
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  // The harasser; three and four of five followers; the fifth to the seventh on the list and in the file.
  await expect(page.getByText(/of whom 5 are meant/)).toBeVisible();
  await expect(page.getByText('Everyone on the list “The gang” of')).toBeVisible();
  await expect(page.getByText('Everyone in the file list.csv')).toBeVisible();
  await look(page, 'preview-several');
  await raise(page);
  await expect.poll(async () => (await blocksOf(me)).size).toBe(5);
});

test('a file that is none is refused with a sentence, and nothing that was typed is lost', async ({ page }) => {
  const me = await addAccount({ password: PASSWORD });
  await signIn(page);
  await connect(page, me);
  await page.goto('/shields/new');
  const name = fresh('sam');
  await page.getByLabel('Who is it coming from?').fill(name);
  const bring = (buffer: Buffer) =>
    page.getByLabel('A file of accounts').setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer });
  await bring(Buffer.from('a.example', 'utf16le'));
  await expect(page.getByText('This file is saved as UTF-16.')).toBeVisible();
  await bring(Buffer.from('nobody at all'));
  await expect(page.getByText('No line of this file names an account.')).toBeVisible();
  await expect(page.getByLabel('Who is it coming from?')).toHaveValue(name);
});
