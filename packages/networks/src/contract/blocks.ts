import { describe, expect } from 'vitest';
import { all, deedOf, nth, refusal, type SignIn, writesFor } from './acting.ts';
import { test } from './gaps.ts';
import type { World } from './world.ts';

export function blocksAreExact(world: () => World, act: SignIn): void {
  describe('blocks', () => {
    test('are so on the network once confirmed, and only those', async () => {
      const here = world();
      const { login, account } = await act(here);
      const writes = writesFor(here, Math.min(20, here.port.abilities[deedOf(here)]?.batch ?? 0));
      await account.apply(deedOf(here), writes, await account.head(), here.now());
      expect(ids(await here.blocked(login))).toEqual(ids(writes));
    });

    test('that are held are listed, those made by hand among them', async () => {
      const here = world();
      const { login, account } = await act(here);
      const byHand = nth(here.crowd, 50).nativeId;
      await here.blockByHand(login, [byHand]);
      const writes = writesFor(here, 1);
      await account.apply(deedOf(here), writes, await account.head(), here.now());
      expect(ids(await all((cursor) => account.held(deedOf(here), { cursor })))).toEqual(
        ids([...writes, { nativeId: byHand }]),
      );
    });

    test('that are lifted are gone, the others stay', async () => {
      const here = world();
      const { login, account } = await act(here);
      const batch = Math.min(10, here.port.abilities[deedOf(here)]?.batch ?? 0);
      const [gone, kept] = [writesFor(here, batch), writesFor(here, batch, batch)];
      const first = await account.apply(deedOf(here), gone, await account.head(), here.now());
      const second = await account.apply(deedOf(here), kept, first.head, here.now());
      await account.lift(deedOf(here), gone, second.head);
      expect(ids(await here.blocked(login))).toEqual(ids(kept));
    });

    test('beyond the batch are refused before anything is sent', async () => {
      const here = world();
      const { login, account } = await act(here);
      const tooMany = writesFor(here, (here.port.abilities[deedOf(here)]?.batch ?? 0) + 1);
      const error = await refusal(account.apply(deedOf(here), tooMany, null, here.now()));
      expect(error).toMatchObject({ problem: 'rejected', uncertain: false });
      expect(await here.blocked(login)).toEqual([]);
    });
  });
}

function ids(held: { nativeId: string }[]): string[] {
  return held.map((one) => one.nativeId).toSorted();
}
