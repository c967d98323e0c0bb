import { createHash, randomUUID } from 'node:crypto';
import { DAY, heldClock, newId } from '@secateur/base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type Person, type World } from '../fixtures/world.ts';
import { beginWait, waitedFor } from '../step-up/pending.ts';
import { listWays } from '../ways/list.ts';
import { nextStep, type Waiting } from './next-step.ts';

const clock = heldClock(new Date('2026-11-21T12:00:00Z'));
let world: World;
beforeAll(async () => {
  world = await openWorld(clock);
});
afterAll(() => world.close());

let made = 0;

/** A browser in which somebody has proven an account, to sign in with it, too, as `forUser`. */
async function proven(forUser: string): Promise<{ id: string; browser: string; handle: string }> {
  made += 1;
  const [id, browser, handle] = [newId(), randomUUID(), `proven${made}.sandbox.test`];
  const hash = createHash('sha256').update(browser).digest();
  await world.asAdmin(
    `INSERT INTO oauth_flows (id, network, account, rights, browser, stage, native_id, handle, asked_by, back, expires_at)
     VALUES ($1, 'bluesky', $2, '{}', $3, 'proven', $4, $2, $5, '/settings/security', now() + interval '5 minutes')`,
    [id, handle, hash, `did:plc:proven${made}`, forUser],
  );
  return { id, browser, handle };
}

const step = (who: Person, flow: { id: string; browser: string }, signedIn: Waiting['session']) =>
  nextStep({ ...who, browser: flow.browser, session: signedIn }, flow.id, new AbortController().signal);

test('what was proven is one more way in for whoever began it, and signs nobody in', async () => {
  const sam = await world.person();
  const flow = await proven(sam.user.id);
  const before = sam.visitor.sessionToken;
  expect(await step(sam, flow, sam.session)).toEqual({ go: '/settings/security' });
  expect(await listWays(sam)).toMatchObject({ identities: [{ handle: flow.handle }] });
  expect(sam.visitor.sessionToken).toBe(before);
});

test('it is nothing to anybody else who is signed in with that browser by then, nor to nobody', async () => {
  const [sam, kim] = [await world.person(), await world.person()];
  const stale = { problem: 'sign_in_stale', connects: false, links: true };
  expect(await step(kim, await proven(sam.user.id), kim.session)).toEqual(stale);
  expect(await step(sam, await proven(sam.user.id), null)).toEqual(stale);
  for (const one of [sam, kim]) expect(await listWays(one)).toMatchObject({ identities: [] });
});

test('the day that it took is used up when it is done, and not before', async () => {
  const sam = await world.person();
  await beginWait(sam, 'ways');
  clock.advance(DAY);
  const [mine, kim] = [await proven(sam.user.id), await world.person()];
  await step(kim, await proven(sam.user.id), kim.session);
  expect(await waitedFor(sam, 'ways')).not.toBeNull();
  await step(sam, mine, sam.session);
  expect(await waitedFor(sam, 'ways')).toBeNull();
});
