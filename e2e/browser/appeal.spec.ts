import { grow, share, take } from './lists.ts';
import { look } from './look.ts';
import { connect, preview, raise, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, blocksOf, fresh, PASSWORD, sandbox } from './world.ts';

const COVERED = 'I only follow them for my work. <b>Really</b>';

test('somebody caught by mistake writes without an account; the author looks, takes them off, and hears no more', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  const author = await addAccount({ password: PASSWORD });
  const other = await addAccount({ password: PASSWORD });
  const troll = await addAccount({ followers: 4 });
  const caught = await addAccount();
  const title = fresh('crowd ');
  await sandbox().perform({ do: 'follow', account: caught, subject: troll });
  await signIn(page);
  await connect(page, author);
  await preview(page, troll);
  await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible();
  await raise(page);
  await expect(page.locator('[data-state=holding]')).toBeVisible();
  const link = await share(page, title);
  await expect(page.getByText('Nobody says that they are on it by mistake.')).toBeVisible();

  // Somebody else makes a shield of the list in the form itself.
  const theirs = await (await browser.newContext()).newPage();
  await signIn(theirs);
  await connect(theirs, other);
  await theirs.goto('/shields/new');
  await theirs.getByRole('button', { name: 'Use a shared list' }).click();
  await expect(theirs.getByText('You use no list here yet.')).toBeVisible();
  await take(theirs, link, 'Follow it');
  await theirs.goto('/shields/new');
  await theirs.getByRole('button', { name: 'Use a shared list' }).click();
  await look(theirs, 'new-shield-shared');
  await theirs.getByRole('button', { name: title }).click();
  await expect(theirs.getByText('6 accounts, from a list that somebody shares.')).toBeVisible();
  await look(theirs, 'new-shield-shared-chosen');
  await theirs.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(theirs.getByText(/^Everything is listed: 6 /)).toBeVisible();
  await raise(theirs);
  await expect(theirs.locator('[data-state=holding]')).toBeVisible();
  expect((await blocksOf(other)).size).toBe(6);

  const visitor = await (await browser.newContext()).newPage();
  const told: (string | null)[] = [];
  for (const account of [caught, await addAccount(), 'never-seen.example']) {
    await visitor.goto('/');
    await visitor.getByRole('link', { name: 'Caught by mistake?' }).click();
    await expect(visitor.getByRole('heading', { name: 'Were you caught by mistake?' })).toBeVisible();
    if (account === caught) {
      await visitor.getByRole('button', { name: 'Send it' }).click();
      await expect(visitor.getByLabel('What is it called?')).toBeFocused();
      await look(visitor, 'appeal');
    }
    await visitor.getByLabel('What is it called?').fill(`@${account}`);
    await visitor.getByRole('button', { name: 'Send it' }).click();
    await expect(visitor.getByText('Choose what comes closest.')).toBeVisible();
    await visitor.getByLabel('I followed or liked something').check();
    await visitor.getByLabel('Do you want to add something?').fill(`${COVERED} https://bad.example`);
    await visitor.getByRole('button', { name: 'Send it' }).click();
    await expect(visitor.getByRole('heading', { name: 'It is on its way' })).toBeFocused();
    told.push(await visitor.getByRole('main').textContent());
  }
  expect(new Set(told).size).toBe(1);
  await look(visitor, 'appeal-sent');
  await visitor.context().close();

  await expect(page.getByText('One account says that it is on it by mistake.')).toBeVisible();
  await expect(page.getByText(caught)).toHaveCount(0);
  await page.getByRole('button', { name: `Look at them: ${title}` }).click();
  await expect(page.getByText('Says that they followed or liked something')).toBeVisible();
  expect(await page.content()).not.toContain('for my work');
  await look(page, 'lists-appeals');
  await page.getByRole('button', { name: `Show what they wrote: @${caught}` }).click();
  await expect(page.getByText(`${COVERED} […]`)).toBeVisible();
  await expect(page.getByRole('blockquote').getByRole('link')).toHaveCount(0);
  await look(page, 'lists-appeals-read');
  await page.getByRole('button', { name: `Take them off: @${caught}` }).click();
  await expect(page.getByText(`@${caught} is off the list.`)).toBeVisible();
  await expect(page.getByText('Nobody says that they are on it by mistake.')).toBeVisible();
  await expect.poll(async () => (await blocksOf(other)).size).toBe(5);
  await theirs.goto('/lists');
  await expect(theirs.getByText('Since you took it: 0 more, 1 taken off.')).toBeVisible();
  await theirs.context().close();

  await page.getByRole('button', { name: `Don’t hear from them: ${title}` }).click();
  await expect(page.getByText('You don’t hear from people who say that they are on it by mistake.')).toBeVisible();
});

test('a list grows: a few come by themselves and are told, many wait for a yes, a copy stays as it was', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  const author = await addAccount({ password: PASSWORD });
  const other = await addAccount({ password: PASSWORD });
  const troll = await addAccount({ followers: 4 });
  const title = fresh('crowd ');
  await signIn(page);
  await connect(page, author);
  await preview(page, troll);
  await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible();
  await raise(page);
  await expect(page.locator('[data-state=holding]')).toBeVisible();
  const link = await share(page, title);

  const theirs = await (await browser.newContext()).newPage();
  await signIn(theirs);
  await connect(theirs, other);
  await take(theirs, link, 'Take a copy');
  await take(theirs, link, 'Follow it');
  await expect(theirs.getByText('5 accounts · Bluesky')).toHaveCount(2);
  await theirs.goto('/shields');
  await expect(theirs.getByText('No shields yet')).toBeVisible();
  await grow(title, 3);
  await expect(theirs.getByText(`The list “${title}”, which you use, has changed`)).toBeVisible();
  await expect(theirs.getByText('Since you took it: 3 more, 0 taken off.')).toBeVisible();
  await look(theirs, 'shields-list-changed');
  await theirs.getByRole('link', { name: 'Look at it' }).click();
  await expect(theirs.getByText('Since you took it: 3 more, 0 taken off.')).toBeVisible();
  const answered = theirs.waitForResponse((response) => response.url().includes('lists.list'));
  await theirs.goto('/shields');
  await answered;
  await expect(theirs.getByText('No shields yet')).toBeVisible();
  await expect(theirs.getByText('which you use, has changed')).toHaveCount(0);
  await theirs.goto('/lists');
  await expect(theirs.getByText('8 accounts · Bluesky')).toHaveCount(1);
  await grow(title, 120);
  await expect(theirs.getByText('120 more accounts wait for your yes')).toBeVisible();
  await theirs.goto('/shields');
  await expect(theirs.getByText('120 more accounts wait for your yes')).toBeVisible();
  await look(theirs, 'shields-list-asks');
  await theirs.getByRole('link', { name: 'Look at it' }).click();
  await expect(theirs.getByText('8 accounts · Bluesky')).toHaveCount(1);
  await look(theirs, 'lists-asks');
  await theirs.getByRole('button', { name: 'Let them in' }).click();
  await expect(theirs.getByText('They are let in.')).toBeVisible();
  await expect(theirs.getByText('Since you took it: 123 more, 0 taken off.')).toBeVisible();
  await expect(theirs.getByText('128 accounts · Bluesky')).toHaveCount(1);
  await grow(title, 130);
  await expect(theirs.getByText('130 more accounts wait for your yes')).toBeVisible();
  await theirs.getByRole('button', { name: 'Keep the list as it is' }).click();
  await expect(theirs.getByText('The list stays as it is now.')).toBeVisible();
  await expect(theirs.getByText('130 more accounts wait for your yes')).toHaveCount(0);
  await expect(theirs.getByText('It stays as it was when you took it.')).toHaveCount(2);
  await expect(theirs.getByText('5 accounts · Bluesky')).toHaveCount(1);
  await expect(page.getByText('258 accounts · Bluesky')).toBeVisible();
  await theirs.context().close();
});
