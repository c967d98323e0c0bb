import { describe, expect, test } from 'vitest';
import type { Credentials } from '../port.ts';
import { act, refusal, writesFor } from './acting.ts';
import type { World } from './world.ts';

export function sessionsAreKept(world: () => World): void {
  describe('an access token that has run out', () => {
    test('is renewed once for calls beside each other, and what was stored works', async () => {
      const here = world();
      const { credentials, login } = await act(here);
      const stored: Credentials[] = [];
      const account = here.port.actFor(await here.expireAccess(credentials), async (next) => {
        stored.push(next);
      });
      await Promise.all([
        account.apply('block', writesFor(here, 1), null, here.now()),
        account.held('mute', { cursor: null }),
        account.held('mute', { cursor: null }),
      ]);
      expect(stored).toHaveLength(1);
      const again = here.port.actFor(String(stored[0]), async () => {});
      await again.apply('block', writesFor(here, 1, 1), null, here.now());
      expect(await here.blocked(login)).toHaveLength(2);
    });

    test('is stored before it is used', async () => {
      const here = world();
      const { credentials, login } = await act(here);
      let heldWhenStoring = -1;
      const account = here.port.actFor(await here.expireAccess(credentials), async () => {
        heldWhenStoring = (await here.blocked(login)).length;
      });
      await account.apply('block', writesFor(here, 1), null, here.now());
      expect(heldWhenStoring).toBe(0);
      expect(await here.blocked(login)).toHaveLength(1);
    });

    test('is not used when it could not be stored', async () => {
      const here = world();
      const { credentials, login } = await act(here);
      const account = here.port.actFor(await here.expireAccess(credentials), async () => {
        throw new Error('the database is away');
      });
      const write = account.apply('block', writesFor(here, 1), null, here.now());
      await expect(write).rejects.toThrow('the database is away');
      expect(await here.blocked(login)).toEqual([]);
    });
  });

  describe('an account put away while it is acted for', () => {
    test('says so to a write', async () => {
      const here = world();
      const { login, account } = await act(here);
      await here.deactivate(login);
      const write = account.apply('block', writesFor(here, 1), null, here.now());
      expect(await refusal(write)).toMatchObject({ problem: 'deactivated', uncertain: false });
    });
  });

  describe('a permission taken back', () => {
    test('is unauthorized, whatever is asked', async () => {
      const here = world();
      const { credentials, login } = await act(here);
      const account = here.port.actFor(await here.revoke(login, credentials), async () => {});
      const write = account.apply('block', writesFor(here, 1), null, here.now());
      expect(await refusal(write)).toMatchObject({ problem: 'unauthorized', uncertain: false });
      expect(await refusal(account.held('mute', { cursor: null }))).toMatchObject({ problem: 'unauthorized' });
      expect(await here.blocked(login)).toEqual([]);
    });

    test('is what credentials of nobody look like', async () => {
      const here = world();
      const call = async () => here.port.actFor('not credentials', async () => {}).held('mute', { cursor: null });
      expect(await refusal(call())).toMatchObject({ problem: 'unauthorized' });
    });
  });
}
