import { describe, expect } from 'vitest';
import { refusal } from './acting.ts';
import { test } from './gaps.ts';
import { keeping } from './keeping.ts';
import type { World } from './world.ts';

export function signInIsChecked(world: () => World): void {
  describe('sign-in', () => {
    test('gives the profile and credentials that work', async () => {
      const { port, newLogin } = world();
      const login = await newLogin();
      const { profile, credentials } = await port.signIn(`@${login.handle}`, login.password);
      expect(profile).toMatchObject({ nativeId: login.nativeId, handle: login.handle });
      const account = port.actFor(credentials, keeping(credentials).renewal);
      expect(await account.held('mute', { cursor: null })).toEqual({ items: [], cursor: null });
    });

    test('refuses a wrong password', async () => {
      const { port, newLogin } = world();
      const login = await newLogin();
      expect(await refusal(port.signIn(login.handle, 'not the password'))).toMatchObject({ problem: 'unauthorized' });
    });

    test('says not_found for a handle that nobody has', async () => {
      const { port, unknown } = world();
      expect(await refusal(port.signIn(unknown, 'whatever'))).toMatchObject({ problem: 'not_found' });
    });

    test('says so when the account is put away', async () => {
      const { port, deactivated } = world();
      if (deactivated === null) return;
      expect(await refusal(port.signIn(deactivated.handle, deactivated.password))).toMatchObject({
        problem: 'deactivated',
      });
    });
  });
}
