import { describe, expect } from 'vitest';
import { deedOf, refusal, type SignIn, writesFor } from './acting.ts';
import { test } from './gaps.ts';
import { keeping } from './keeping.ts';
import type { Traits, World } from './world.ts';

export function sessionsAreKept(world: () => World, traits: Traits, how: string, act: SignIn): void {
  if (traits.renewing)
    describe(`an access token that has run out, ${how}`, () => {
      test('is renewed once for calls beside each other, and what was stored works', async () => {
        const here = world();
        const { credentials, login } = await act(here);
        const expired = await here.expireAccess(credentials);
        const { renewal, kept } = keeping(expired);
        const account = here.port.actFor(expired, renewal);
        await Promise.all([
          account.apply(deedOf(here), writesFor(here, 1), null, here.now()),
          account.held('mute', { cursor: null }),
          account.held('mute', { cursor: null }),
        ]);
        expect(kept).toHaveLength(1);
        const again = here.port.actFor(String(kept[0]), keeping(String(kept[0])).renewal);
        await again.apply(deedOf(here), writesFor(here, 1, 1), null, here.now());
        expect(await here.blocked(login)).toHaveLength(2);
      });

      test('is renewed once for two processes, and both go on', async () => {
        const here = world();
        const { credentials, login } = await act(here);
        const expired = await here.expireAccess(credentials);
        const { renewal, kept } = keeping(expired);
        const [one, other] = [here.port.actFor(expired, renewal), here.port.actFor(expired, renewal)];
        await Promise.all([
          one.apply(deedOf(here), writesFor(here, 1), null, here.now()),
          other.held('mute', { cursor: null }),
        ]);
        expect(kept).toHaveLength(1);
        await other.apply(deedOf(here), writesFor(here, 1, 1), null, here.now());
        expect(kept).toHaveLength(1);
        expect(await here.blocked(login)).toHaveLength(2);
      });

      test('is stored before it is used', async () => {
        const here = world();
        const { credentials, login } = await act(here);
        let heldWhenStoring = -1;
        const expired = await here.expireAccess(credentials);
        const { renewal } = keeping(expired, async () => {
          heldWhenStoring = (await here.blocked(login)).length;
        });
        await here.port.actFor(expired, renewal).apply(deedOf(here), writesFor(here, 1), null, here.now());
        expect(heldWhenStoring).toBe(0);
        expect(await here.blocked(login)).toHaveLength(1);
      });

      test('is not used while it could not be stored, and not lost either', async () => {
        const here = world();
        const { credentials, login } = await act(here);
        let away = true;
        const expired = await here.expireAccess(credentials);
        const { renewal, kept } = keeping(expired, async () => {
          if (away) throw new Error('the database is away');
        });
        const account = here.port.actFor(expired, renewal);
        const write = account.apply(deedOf(here), writesFor(here, 1), null, here.now());
        await expect(write).rejects.toThrow(/the database is away|down/);
        expect(await here.blocked(login)).toEqual([]);
        away = false;
        await account.apply(deedOf(here), writesFor(here, 1), null, here.now());
        expect(await here.blocked(login)).toHaveLength(1);
        expect(kept).toHaveLength(1);
      });
    });

  describe(`an account put away while it is acted for, ${how}`, () => {
    test('says so to a write', async () => {
      const here = world();
      const { login, account } = await act(here);
      await here.deactivate(login);
      const write = account.apply(deedOf(here), writesFor(here, 1), null, here.now());
      expect(await refusal(write)).toMatchObject({ problem: 'deactivated', uncertain: false });
    });
  });

  describe(`a permission taken back, ${how}`, () => {
    test('is unauthorized, whatever is asked', async () => {
      const here = world();
      const { credentials, login } = await act(here);
      const revoked = await here.revoke(login, credentials);
      const account = here.port.actFor(revoked, keeping(revoked).renewal);
      const write = account.apply(deedOf(here), writesFor(here, 1), null, here.now());
      expect(await refusal(write)).toMatchObject({ problem: 'unauthorized', uncertain: false });
      expect(await refusal(account.held('mute', { cursor: null }))).toMatchObject({ problem: 'unauthorized' });
      expect(await here.blocked(login)).toEqual([]);
    });
  });

  describe(`credentials, ${how}`, () => {
    if (traits.renewing)
      test('that are renewed before they must be are worth the same, and the old ones nothing more', async () => {
        const here = world();
        const { credentials, login } = await act(here);
        const { renewal, kept } = keeping(credentials);
        await here.port.actFor(credentials, renewal).renew();
        expect(kept).toHaveLength(1);
        const renewed = String(kept[0]);
        expect(here.port.grantOf(renewed).rights).toEqual(here.port.grantOf(credentials).rights);
        const account = here.port.actFor(renewed, keeping(renewed).renewal);
        await account.apply(deedOf(here), writesFor(here, 1), null, here.now());
        expect(await here.blocked(login)).toHaveLength(1);
      });

    test('that are given back are worth nothing; giving them back again is no error', async () => {
      const here = world();
      const { account, credentials } = await act(here);
      await account.giveBack();
      await account.giveBack();
      const late = here.port.actFor(await here.expireAccess(credentials), keeping(credentials).renewal);
      expect(await refusal(late.renew())).toMatchObject({ problem: 'unauthorized' });
    });
  });

  test('what is no credentials is unauthorized', async () => {
    const here = world();
    const call = async () => here.port.actFor('not credentials', keeping('').renewal).held('mute', { cursor: null });
    expect(await refusal(call())).toMatchObject({ problem: 'unauthorized' });
  });
}
