import { Refusal } from '@secateur/base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from './fixtures/world.ts';
import { SessionWatch } from './sign-in/session-watch.ts';
import { endAllSessions } from './sign-in/sessions.ts';
import { whileSignedIn } from './while-signed-in.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function all(chunks: AsyncIterable<string>): Promise<string[]> {
  const seen: string[] = [];
  for await (const chunk of chunks) seen.push(chunk);
  return seen;
}

test('a file goes no further once the session is over that asked for it; another one does', async () => {
  const [sam, kim] = [await world.person(), await world.person()];
  const sessionWatch = new SessionWatch(world.db.prisma, { error: () => {} });
  const take = (session: { id: string }, meanwhile: () => Promise<void>) => {
    async function* chunks() {
      yield 'first';
      await meanwhile();
      yield 'last';
    }
    return all(whileSignedIn({ session, sessionWatch }, chunks()));
  };
  const ended = new Promise<void>((settle) => sessionWatch.watch(sam.session.id, settle));
  const mine = take(sam.session, async () => {
    await endAllSessions(sam);
    await ended;
  });
  await expect(mine).rejects.toThrow(new Refusal('not_signed_in'));
  expect(await take(kim.session, () => ended)).toEqual(['first', 'last']);
});
