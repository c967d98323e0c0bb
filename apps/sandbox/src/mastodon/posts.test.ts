import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command } from '../control/command.ts';
import { CommandError } from '../control/command-error.ts';
import { type Sandbox, startSandbox } from '../start.ts';

const LOUD = 'loud@quarrel';
type Account = { id: string; username: string };
type Context = { descendants: { account: Account }[] };

let sandbox: Sandbox;
let origins: Record<string, string> = {};
const perform = (...commands: Command[]) => sandbox.control.perform(...commands);
const last = async () => (await sandbox.control.fediverse.posts()).at(-1) ?? { uri: '', link: '' };
const ask = async <T>(server: string, path: string) => {
  const response = await fetch(`${origins[server]}/api/v1/${path}`);
  return { status: response.status, link: response.headers.get('link'), body: (await response.json()) as T };
};
const idIn = (uri: string) => uri.split('/').at(-1) ?? '';

beforeAll(async () => {
  sandbox = await startSandbox({
    world: [
      {
        do: 'add-fedi-accounts',
        accounts: [
          { server: 'quarrel', username: 'loud', followers: 200 },
          { server: 'harbour', username: 'near', password: 'right' },
          { server: 'cellar', username: 'dark' },
        ],
      },
    ],
  });
  origins = Object.fromEntries((await sandbox.control.fediverse.servers()).map((one) => [one.name, one.origin]));
});
afterAll(() => sandbox.close());

test('a post has its numbers, and a like of whoever is put away stays in them', async () => {
  await perform(
    { do: 'fedi-post', account: LOUD, text: 'Look <here>.' },
    { do: 'fedi-like', account: `${LOUD}#0-9`, post: `${LOUD}/0` },
    { do: 'fedi-unlike', account: `${LOUD}#9`, post: `${LOUD}/0` },
    { do: 'fedi-boost', account: [`${LOUD}#1`, 'near@harbour'], post: `${LOUD}/0` },
    { do: 'fedi-reply', account: `${LOUD}#2`, post: `${LOUD}/0` },
    { do: 'fedi-quote', account: `${LOUD}#3`, post: `${LOUD}/0` },
    { do: 'fedi-status', account: `${LOUD}#4`, status: 'suspended' },
  );
  const [{ uri, link } = { uri: '', link: '' }] = await sandbox.control.fediverse.posts();
  const { body } = await ask<object>('quarrel', `statuses/${idIn(uri)}`);
  expect(body).toMatchObject({
    uri,
    url: link,
    content: '<p>Look &lt;here>.</p>',
    favourites_count: 9,
    reblogs_count: 2,
    replies_count: 1,
    quotes_count: 1,
  });
  const likers = await ask<Account[]>('quarrel', `statuses/${idIn(uri)}/favourited_by`);
  expect(likers.body).toHaveLength(8);
});

test('lists of a post are paged by their own ids, and a short page is the last', async () => {
  await perform({ do: 'fedi-post', account: LOUD }, { do: 'fedi-like', account: `${LOUD}#10-99`, post: `${LOUD}/1` });
  const { uri } = await last();
  const first = await ask<Account[]>('quarrel', `statuses/${idIn(uri)}/favourited_by?limit=80`);
  expect(first.body).toHaveLength(80);
  const next = /<[^>]*\/api\/v1\/([^>]*)>; rel="next"/.exec(first.link ?? '')?.[1];
  const second = await ask<Account[]>('quarrel', next ?? '');
  expect(second.body).toHaveLength(10);
  expect(second.link).not.toContain('rel="next"');
  expect(new Set([...first.body, ...second.body].map(({ id }) => id)).size).toBe(90);
});

test('strangers are shown sixty answers, twenty deep', async () => {
  await perform(
    { do: 'fedi-post', account: 'near@harbour' },
    { do: 'fedi-reply', account: `${LOUD}#0-99`, post: 'near@harbour/0' },
  );
  const wide = (await sandbox.control.fediverse.posts()).find((one) => one.replies === 100)?.uri ?? '';
  const below = async (uri: string) =>
    (await ask<Context>('harbour', `statuses/${idIn(uri)}/context`)).body.descendants.length;
  expect(await below(wide)).toBe(60);
  await perform({ do: 'fedi-post', account: 'near@harbour', text: 'Deep.' });
  const deep = (await last()).uri;
  let at = deep;
  for (let i = 0; i < 25; i++) {
    await perform({ do: 'fedi-post', account: 'near@harbour', replyTo: at });
    at = (await last()).uri;
  }
  expect(await below(deep)).toBe(20);
});

test('who quoted is told to nobody without a token, and lists likewise', async () => {
  const { uri } = (await sandbox.control.fediverse.posts())[0] ?? { uri: '' };
  expect((await ask('quarrel', `statuses/${idIn(uri)}/quotes`)).status).toBe(401);
  expect((await ask('quarrel', 'lists')).status).toBe(401);
});

test('what is gone, unheard of, or behind a closed door', async () => {
  await perform({ do: 'fedi-post', account: LOUD }, { do: 'fedi-post', account: 'dark@cellar' });
  const dark = await last();
  const posts = await sandbox.control.fediverse.posts();
  const loud = posts.filter((one) => one.author.startsWith('loud@')).at(-1)?.uri ?? '';
  expect((await ask('cellar', `statuses/${idIn(dark.uri)}`)).status).toBe(401);
  expect((await ask('harbour', `statuses/${idIn(loud)}`)).status).toBe(404);
  expect((await ask('quarrel', `statuses/${idIn(loud)}`)).status).toBe(200);
  await perform({ do: 'fedi-delete-post', post: loud });
  expect((await ask('quarrel', `statuses/${idIn(loud)}`)).status).toBe(404);
  await expect(perform({ do: 'fedi-like', account: LOUD, post: loud })).rejects.toThrow(CommandError);
});
