import { createHash, randomUUID } from 'node:crypto';
import { DAY, heldClock, newId } from '@secateur/base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withOldPasskey } from '../fixtures/with-passkey.ts';
import { openWorld, type Person, type World } from '../fixtures/world.ts';
import { followLink } from '../links/follow.ts';
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
async function proven(
  forUser: string,
  back = '/settings/security',
): Promise<{ id: string; browser: string; handle: string }> {
  made += 1;
  const [id, browser, handle] = [newId(), randomUUID(), `proven${made}.sandbox.test`];
  const hash = createHash('sha256').update(browser).digest();
  await world.asAdmin(
    `INSERT INTO oauth_flows (id, network, account, rights, browser, stage, native_id, handle, asked_by, back, expires_at)
     VALUES ($1, 'bluesky', $2, '{}', $3, 'proven', $4, $2, $5, $6, now() + interval '5 minutes')`,
    [id, handle, hash, `did:plc:proven${made}`, forUser, back],
  );
  return { id, browser, handle };
}

/** Somebody who has waited the day that a way in takes. */
async function waited(): Promise<Person> {
  const who = await world.person();
  await beginWait(who, 'ways');
  clock.advance(DAY);
  return who;
}

const step = (who: Person, flow: { id: string; browser: string }, signedIn: Waiting['session']) =>
  nextStep({ ...who, browser: flow.browser, session: signedIn }, flow.id, new AbortController().signal);

test('what was proven is one more way in for whoever began it, and signs nobody in', async () => {
  const sam = await waited();
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
  const sam = await waited();
  const [mine, kim] = [await proven(sam.user.id), await world.person()];
  await step(kim, await proven(sam.user.id), kim.session);
  expect(await waitedFor(sam, 'ways')).not.toBeNull();
  await step(sam, mine, sam.session);
  expect(await waitedFor(sam, 'ways')).toBeNull();
});

test('one day lets one of them in: the other flow is refused', async () => {
  const sam = await waited();
  const flows = [await proven(sam.user.id), await proven(sam.user.id)];
  const steps = [];
  for (const flow of flows) steps.push(await step(sam, flow, sam.session));
  expect(steps).toEqual([{ go: '/settings/security' }, { problem: 'step_up_needed', connects: false, links: true }]);
  expect((await listWays(sam)).identities).toHaveLength(1);
});

test('what was stopped on the way there and back is refused', async () => {
  const sam = await world.person();
  const { token } = await beginWait(sam, 'ways');
  clock.advance(DAY);
  const flow = await proven(sam.user.id);
  await followLink(world.stranger(), { token });
  expect(await step(sam, flow, sam.session)).toMatchObject({ problem: 'step_up_needed' });
  expect(await listWays(sam)).toMatchObject({ identities: [] });
});

test('a passkey that was shown just before is enough, and uses no day up', async () => {
  const sam = await waited();
  await withOldPasskey(sam);
  const session = { ...sam.session, verifiedAt: new Date() };
  expect(await step(sam, await proven(sam.user.id), session)).toEqual({ go: '/settings/security' });
  expect(await waitedFor(sam, 'ways')).not.toBeNull();
});

test.each(['//elsewhere.example', 'https://elsewhere.example/', '/\\elsewhere.example'])(
  'nobody is sent to %s',
  async (back) => {
    const sam = await waited();
    const flow = await proven(sam.user.id, back);
    expect(await step(sam, flow, sam.session)).toEqual({ go: '/shields' });
    // And once more, for whoever asks again.
    expect(await step(sam, flow, sam.session)).toEqual({ go: '/shields' });
  },
);
