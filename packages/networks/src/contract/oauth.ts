import { describe, expect } from 'vitest';
import { actAllowing, all, deedOf, nth, oauth, refusal, writesFor } from './acting.ts';
import { test } from './gaps.ts';
import { keeping } from './keeping.ts';
import type { Traits, World } from './world.ts';

export function consentIsKept(world: () => World, traits: Traits): void {
  describe('signing in at the own server', () => {
    test('proves whose the account is, and allows nothing that was not asked for', async () => {
      const here = world();
      const login = await here.newLogin();
      const { url, secret } = await oauth(here).begin(`@${login.handle}`, []);
      const { profile, credentials } = await oauth(here).finish(secret, await here.visit(url, login));
      expect(profile).toMatchObject({ nativeId: login.nativeId, handle: login.handle });
      expect(here.port.grantOf(credentials)).toMatchObject({ rights: [], broad: false });
      const account = here.port.actFor(credentials, keeping(credentials).renewal);
      const write = account.apply(deedOf(here), writesFor(here, 1), null, here.now());
      expect(await refusal(write)).toMatchObject({ problem: 'declined', uncertain: false });
      expect(await refusal(account.held('mute', { cursor: null }))).toMatchObject({ problem: 'declined' });
    });

    test('allows what was asked for and no more', async () => {
      const here = world();
      const { login, account, credentials } = await actAllowing(here, [deedOf(here)]);
      expect(here.port.grantOf(credentials)).toMatchObject({ rights: [deedOf(here)], broad: false });
      const [lifted, kept] = [writesFor(here, 1), writesFor(here, 1, 1)];
      for (const writes of [lifted, kept]) await account.apply(deedOf(here), writes, await account.head(), here.now());
      await account.lift(deedOf(here), lifted, await account.head());
      expect((await here.blocked(login)).map((one) => one.nativeId)).toEqual(kept.map((one) => one.nativeId));
      const other = deedOf(here) === 'block' ? 'mute' : 'block';
      const more = account.apply(other, [{ nativeId: nth(here.crowd, 3).nativeId, key: null }], null, here.now());
      // What the network lets nobody do here is not the account's to allow.
      const problem = here.port.abilities[other] === null ? 'no_access' : 'declined';
      expect(await refusal(more)).toMatchObject({ problem });
    });

    if (traits.finerConsent)
      test('leaves out what the person took away', async () => {
        const here = world();
        const { login, account, credentials } = await actAllowing(here, ['block', 'mute'], { only: ['mute'] });
        expect(here.port.grantOf(credentials)).toMatchObject({ rights: ['mute'] });
        const block = account.apply('block', writesFor(here, 1), null, here.now());
        expect(await refusal(block)).toMatchObject({ problem: 'declined', uncertain: false });
        expect(await here.blocked(login)).toEqual([]);
        const write = [{ nativeId: nth(here.crowd, 3).nativeId, key: null }];
        await account.apply('mute', write, null, here.now());
        await here.settle();
        expect(await all((cursor) => account.held('mute', { cursor }))).toEqual(write);
      });

    if (traits.renewing)
      test('says how long it lasts', async () => {
        const here = world();
        const before = here.now().getTime();
        const { credentials } = await actAllowing(here, [deedOf(here)]);
        const { renewBy, endsAt } = here.port.grantOf(credentials);
        expect(renewBy?.getTime()).toBeGreaterThan(before);
        if (traits.foretellsEnd) expect(endsAt?.getTime()).toBeGreaterThanOrEqual(renewBy?.getTime() ?? 0);
        else expect(endsAt).toBeNull();
      });

    test('is declined when the person says no', async () => {
      const here = world();
      const login = await here.newLogin();
      const { url, secret } = await oauth(here).begin(login.handle, [deedOf(here)]);
      const answer = await here.visit(url, login, { no: true });
      expect(await refusal(oauth(here).finish(secret, answer))).toMatchObject({ problem: 'declined' });
    });

    if (traits.looksUpFirst)
      test('says not_found for a handle that nobody has', async () => {
        const here = world();
        expect(await refusal(oauth(here).begin(here.unknown, []))).toMatchObject({ problem: 'not_found' });
      });
  });

  describe('an answer that a browser brings', () => {
    /** Somebody who was sent off, came back, and brought this. */
    const answered = async (here: World) => {
      const login = await here.newLogin();
      const { url, secret, state } = await oauth(here).begin(login.handle, [deedOf(here)]);
      return { secret, state, answer: await here.visit(url, login) };
    };

    test('is good once', async () => {
      const here = world();
      const { secret, answer } = await answered(here);
      await oauth(here).finish(secret, answer);
      expect(await refusal(oauth(here).finish(secret, answer))).toMatchObject({ problem: 'rejected' });
    });

    test('brings back the state that was sent', async () => {
      const { state, answer } = await answered(world());
      expect(answer.get('state')).toBe(state);
    });

    test('in the name of another server is rejected before the code is sent anywhere', async () => {
      const here = world();
      const { secret, answer } = await answered(here);
      const mixedUp = new URLSearchParams(answer);
      mixedUp.set('iss', 'https://another.example');
      expect(await refusal(oauth(here).finish(secret, mixedUp))).toMatchObject({ problem: 'rejected' });
      const nameless = new URLSearchParams(answer);
      nameless.delete('iss');
      expect(await refusal(oauth(here).finish(secret, nameless))).toMatchObject({ problem: 'rejected' });
      // The code was not used up by it.
      await oauth(here).finish(secret, answer);
    });

    test('with the state or the code of another is rejected', async () => {
      const here = world();
      const [mine, theirs] = [await answered(here), await answered(here)];
      expect(await refusal(oauth(here).finish(mine.secret, theirs.answer))).toMatchObject({ problem: 'rejected' });
      if (!traits.bindsCodes) return;
      const injected = new URLSearchParams(mine.answer);
      injected.set('code', String(theirs.answer.get('code')));
      expect(await refusal(oauth(here).finish(mine.secret, injected))).toMatchObject({ problem: 'rejected' });
    });
  });
}
