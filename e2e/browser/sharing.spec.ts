import { look } from './look.ts';
import { connect, preview, raise, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, blocksOf, PASSWORD, sandbox } from './world.ts';

test('a list is shared by a link, followed and copied; whoever is taken off is forgiven; its end is told', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const author = await addAccount({ password: PASSWORD });
  const other = await addAccount({ password: PASSWORD });
  const troll = await addAccount({ followers: 4 });
  const friend = await addAccount();
  await sandbox().perform(
    { do: 'follow', account: friend, subject: troll },
    { do: 'follow', account: author, subject: friend },
  );
  await signIn(page);
  await connect(page, author);
  await preview(page, troll);
  await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible();
  await raise(page);
  await expect(page.locator('[data-state=holding]')).toBeVisible();
  await page.getByRole('button', { name: 'Share its list' }).click();
  await page.getByRole('button', { name: 'Make the link' }).click();
  await expect(page.getByText('Give it a name.')).toBeVisible();
  await page.getByLabel('What is it called?').fill('The loud crowd');
  await look(page, 'share');
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = await page.getByRole('textbox', { name: 'The link' }).inputValue();
  expect(link).toMatch(/\/list#[\w-]{43}$/);
  await look(page, 'share-link');

  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(link);
  await theirs.getByRole('link', { name: 'Sign in' }).click();
  await expect(theirs).toHaveURL(/\/sign-in/);
  await signIn(theirs);
  await connect(theirs, other);
  await theirs.goto(link);
  await expect(theirs.getByText('6 accounts · Bluesky')).toBeVisible();
  expect(theirs.url()).not.toContain('#');
  await look(theirs, 'shared-list');
  await theirs.getByRole('button', { name: 'Take the list' }).click();
  await expect(theirs.getByRole('heading', { name: 'Lists you use' })).toBeVisible();
  await theirs.goto(link);
  await theirs.getByText('Take a copy', { exact: true }).click();
  await theirs.getByRole('button', { name: 'Take the list' }).click();
  await expect(theirs.getByText('It stays as it was when you took it.')).toBeVisible();
  await expect(theirs.getByText('You follow it: what its author changes reaches you.')).toBeVisible();
  await look(theirs, 'lists-taken');

  await theirs.getByRole('button', { name: 'Make a shield from it: The loud crowd' }).last().click();
  await expect(theirs.getByText('6 accounts, from a list that somebody shares.')).toBeVisible();
  await theirs.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(theirs.getByText(/^Everything is listed: 6 /)).toBeVisible();
  await expect(theirs.getByText(/lines that can’t be used/)).toHaveCount(0);
  await look(theirs, 'shared-preview');
  await raise(theirs);
  await expect(theirs.locator('[data-state=holding]')).toBeVisible();
  expect((await blocksOf(other)).size).toBe(6);
  await expect(theirs.getByRole('button', { name: 'Share its list' })).toHaveCount(0);

  await page.getByRole('link', { name: 'To your shared lists' }).click();
  await page.getByLabel('Take somebody off').fill('nobody.example');
  await page.getByRole('button', { name: 'Take off' }).click();
  await expect(page.getByText('That account isn’t on this list.')).toBeVisible();
  await page.getByLabel('Take somebody off').fill(`@${friend}`);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`@${friend} is off the list.`)).toBeVisible();
  await look(page, 'lists-shared');
  await theirs.goto('/lists');
  await expect(theirs.getByText('Since you took it: 0 more, 1 taken off.')).toBeVisible();
  await expect.poll(async () => (await blocksOf(other)).size).toBe(5);

  await page.getByRole('button', { name: 'End the link: The loud crowd' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End the link' }).click();
  await expect(page.getByText('The link has ended.')).toBeVisible();
  await expect(theirs.getByText('Its link has ended. What you have from it stays until its time.')).toBeVisible();
  expect((await blocksOf(other)).size).toBe(5);
  await look(theirs, 'lists-ended');
  await theirs.goto(link);
  await expect(theirs.getByText('This isn’t here any more.')).toBeVisible();
  await theirs.context().close();
});
