import { describe, expect } from 'vitest';
import type { Write } from '../port.ts';
import { act, all, refusal, writesFor } from './acting.ts';
import { test } from './gaps.ts';
import type { World } from './world.ts';

export function blocksAreKeyed(world: () => World): void {
  describe('blocks with keys', () => {
    test('are held under the keys we chose, newest first', async () => {
      const here = world();
      const { account } = await act(here);
      const writes = writesFor(here, 150);
      const { head } = await account.apply('block', writes, await account.head(), here.now());
      expect(head).toBe(await account.head());
      expect(await all((cursor) => account.held('block', { cursor }))).toEqual(writes.toReversed());
    });

    test('are read by range, both ends included, in as many pages as the range has', async () => {
      const here = world();
      const { account } = await act(here);
      const writes = writesFor(here, 200);
      await account.apply('block', writes, null, here.now());
      const range = { newest: String(writes[149]?.key), oldest: String(writes[140]?.key) };
      expect(await account.held('block', { cursor: null, ...range })).toEqual({
        items: writes.slice(140, 150).toReversed(),
        cursor: null,
      });
      const wide = { newest: String(writes[189]?.key), oldest: String(writes[10]?.key) };
      expect(await all((cursor) => account.held('block', { cursor, ...wide }))).toEqual(
        writes.slice(10, 190).toReversed(),
      );
    });

    test('are bounded by a key made from an instant', async () => {
      const here = world();
      const { account } = await act(here);
      const writes = writesFor(here, 3);
      await account.apply('block', writes, null, here.now());
      const { port } = here;
      const later = port.keyAt(new Date(Date.now() + 60_000)) ?? '';
      const earlier = port.keyAt(new Date(Date.now() - 60_000)) ?? '';
      const held = await account.held('block', { cursor: null, newest: later, oldest: earlier });
      expect(held.items).toEqual(writes.toReversed());
      expect((await account.held('block', { cursor: null, newest: earlier })).items).toEqual([]);
    });

    test('are refused with an old head, and nothing is written', async () => {
      const here = world();
      const { login, account } = await act(here);
      const old = await account.head();
      const writes = writesFor(here, 2);
      const { head } = await account.apply('block', writes, old, here.now());
      const late = await refusal(account.apply('block', writesFor(here, 2, 2), old, here.now()));
      expect(late).toMatchObject({ problem: 'fenced', uncertain: false });
      expect(await refusal(account.lift('block', writes, old))).toMatchObject({ problem: 'fenced' });
      expect(await account.head()).toBe(head);
      expect(sorted(await here.blocked(login))).toEqual(sorted(writes));
    });

    test('under a key that exists fail the whole batch, untyped, and nothing is written', async () => {
      const here = world();
      const { login, account } = await act(here);
      const writes = writesFor(here, 2);
      await account.apply('block', writes, null, here.now());
      const [taken] = writes;
      const again = [...writesFor(here, 3, 5), { ...taken } as Write];
      const error = await refusal(account.apply('block', again, null, here.now()));
      expect(error).toMatchObject({ problem: 'untyped', uncertain: true });
      expect(sorted(await here.blocked(login))).toEqual(sorted(writes));
    });

    test('with a key already gone fail the whole lift, untyped, and nothing is lifted', async () => {
      const here = world();
      const { login, account } = await act(here);
      const writes = writesFor(here, 3);
      await account.apply('block', writes, null, here.now());
      const error = await refusal(account.lift('block', [...writes, ...writesFor(here, 1)], null));
      expect(error).toMatchObject({ problem: 'untyped', uncertain: true });
      expect(sorted(await here.blocked(login))).toEqual(sorted(writes));
    });

    test('lifted by their keys leave a second block that somebody made by hand', async () => {
      const here = world();
      const { login, account } = await act(here);
      const writes = writesFor(here, 3);
      await here.blockByHand(login, [String(writes[0]?.nativeId)]);
      const byHand = await here.blocked(login);
      await account.apply('block', writes, await account.head(), here.now());
      await account.lift('block', writes, await account.head());
      expect(await here.blocked(login)).toEqual(byHand);
    });

    test('get keys that ascend and never come twice', () => {
      const { port } = world();
      const first = port.newKeys(500, null).map(String);
      const second = port.newKeys(500, null).map(String);
      const ahead = String(port.keyAt(new Date(Date.now() + 3_600_000)));
      const after = port.newKeys(2, ahead).map(String);
      const made = [...first, ...second, ...after];
      expect(made).toEqual([...new Set(made)].toSorted());
      expect(after[0] !== undefined && after[0] > ahead).toBe(true);
    });
  });
}

function sorted(held: { nativeId: string; key: string | null }[]): string[] {
  return held.map((one) => `${one.key} ${one.nativeId}`).toSorted();
}
