import { createHash, randomBytes } from 'node:crypto';
import { DAY } from '@secateur/base';
import { listConnections } from '@secateur/core/connections';
import type { MemberContext } from '@secateur/core/context';
import { allow } from '@secateur/core/exemptions';
import { CALM_RULES } from '@secateur/core/exemptions/policy';
import { listAppeals, publish, subscribe, writeAppeal } from '@secateur/core/sharing';
import { discardPreview, listTargets, raise, startPreview } from '@secateur/core/shields';
import { setSpendingCap } from '@secateur/core/spending';
import {
  acceptInvitation,
  actorOf,
  giveGrant,
  invite,
  listInvitations,
  rename,
  writeWishes,
} from '@secateur/core/tenants';
import { around, connectByConsent, type Life } from '@secateur/core/testing';
import { addUpload } from '@secateur/core/uploads';
import type { Asker } from '../shared/database.ts';
import type { Caller, Group } from './callers.ts';

/** Things of one account that a question can be about. */
export type Things = {
  tenantId: string;
  tenantName: string;
  connectionId: string;
  /** An account that it has proven to own, and that another tenant has connected. */
  elsewhereId: string;
  /** Another one. */
  strayId: string;
  shieldId: string;
  previewId: string;
  /** A preview on X, ready to be taken along as a list. */
  xPreviewId: string;
  throwawayId: string;
  uploadId: string;
  /** A list that the tenant lets others use, its link, and the same as it took it itself. */
  listId: string;
  listToken: string;
  subscriptionId: string;
  /** Somebody on it, and what somebody wrote who says that they are. */
  listedHandle: string;
  appealId: string;
  target: { accountId: string; profileId: string };
  /** Somebody whom the tenant has met. Known here to nobody else: whoever asks must not learn that there is such a profile. */
  passerById: string;
  /** A helper of the tenant, and somebody whom a question may remove or change. */
  helperId: string;
  bystanderId: string;
  invitationId: string;
  invitationToken: string;
  /** A session and a passkey of the bystander's. */
  sessionId: string;
  passkeyId: string;
  /** Something of the owner's that waits for a day to be over. */
  pendingId: string;
};

export type World = {
  /** What stands in the cookie of each; null: nothing. */
  cookies: Record<Caller, string | null>;
  things: Record<Caller, Things>;
  /** Words that stand for the tenant's own, by what they belong to. */
  marks: Record<Group, string[]>;
  tenantId: string;
  strangersTenant: string;
};

const PASSWORD = 'abcd-efgh-ijkl-mnop';
const VERBS = ['view', 'prepare', 'run', 'undo'];

/** Two tenants with everything in them, and everybody who might ask. */
export async function makeWorld(life: Life, admin: Asker): Promise<World> {
  const ours = await furnish(life, admin);
  const theirs = await furnish(life, admin);
  const suspended = await furnish(life, admin);
  await admin.ask('UPDATE tenants SET suspended_at = now() WHERE id = $1', [suspended.owner.actor.tenantId]);
  const cookieOf = (who: MemberContext, tenantId: string) => signIn(admin, who.actor.userId, tenantId);
  const { tenantId } = ours.owner.actor;
  const helper = await cookieOf(ours.helper, tenantId);
  return {
    tenantId,
    strangersTenant: theirs.owner.actor.tenantId,
    marks: ours.marks,
    cookies: {
      anonymous: null,
      stranger: await cookieOf(theirs.owner, theirs.owner.actor.tenantId),
      expired: await cookieOf(ours.expired, tenantId),
      elsewhere: helper,
      helper,
      viewer: await cookieOf(ours.viewer, tenantId),
      admin: await cookieOf(ours.admin, tenantId),
      owner: await cookieOf(ours.owner, tenantId),
      suspended: await cookieOf(suspended.owner, suspended.owner.actor.tenantId),
    },
    things: {
      anonymous: ours.granted,
      stranger: ours.granted,
      expired: ours.granted,
      elsewhere: ours.hidden,
      helper: ours.granted,
      viewer: ours.granted,
      admin: ours.granted,
      owner: ours.granted,
      suspended: suspended.granted,
    },
  };
}

type Furnished = {
  owner: MemberContext;
  admin: MemberContext;
  viewer: MemberContext;
  helper: MemberContext;
  expired: MemberContext;
  granted: Things;
  hidden: Things;
  marks: Record<Group, string[]>;
};

async function furnish(life: Life, admin: Asker): Promise<Furnished> {
  const tag = randomBytes(5).toString('hex');
  const owner = await life.stranger();
  const { tenantId } = owner.actor;
  const [name, wishes] = [`tenant ${tag}`, `wish ${tag}`];
  await rename(owner, { name });
  await writeWishes(owner, { wishes });
  await setSpendingCap(owner, { cents: 10_000 });
  const one = await account(life, owner, `a${tag}`);
  const two = await account(life, owner, `b${tag}`);
  await allow(owner, { profileId: one.spared });

  const bring = async (role: 'admin' | 'viewer' | 'helper') => {
    const who = await life.stranger();
    const email = await emailOf(who);
    const grant = role === 'helper' ? { connectionIds: [one.connectionId], verbs: VERBS, days: 90 } : null;
    const { token } = await invite(owner, { email, role, grant });
    await acceptInvitation(who, { id: who.actor.userId, email }, { token });
    const actor = await actorOf(who, who.actor.userId, tenantId);
    if (actor?.tenantId !== tenantId) throw new Error(`no ${role} came in`);
    return { ...who, actor };
  };
  const [second, viewer, helper, expired, bystander] = [
    await bring('admin'),
    await bring('viewer'),
    await bring('helper'),
    await bring('helper'),
    await bring('viewer'),
  ];
  const past = new Date(life.sandbox.clock.now().getTime() - DAY);
  await admin.ask('UPDATE grants SET expires_at = $1 WHERE user_id = $2', [past, expired.actor.userId]);
  await giveGrant(owner, { userId: helper.actor.userId, connectionId: one.connectionId, verbs: VERBS, days: 90 });
  const invited = `guest${tag}@example.test`;
  const { token } = await invite(owner, { email: invited, role: 'viewer', grant: null });
  const [invitation] = await listInvitations(owner);
  if (!invitation) throw new Error('nobody is invited');
  const shared = {
    tenantId,
    tenantName: name,
    helperId: helper.actor.userId,
    bystanderId: bystander.actor.userId,
    passerById: two.spared,
    invitationId: invitation.id,
    invitationToken: token,
    ...(await ownThings(admin, bystander.actor.userId)),
    pendingId: await waiting(admin, owner),
    elsewhereId: await elsewhere(admin, owner),
    strayId: await elsewhere(admin, owner),
  };
  const people = [owner, second, viewer, helper, expired, bystander];
  return {
    owner,
    admin: second,
    viewer,
    helper,
    expired,
    granted: { ...shared, ...one },
    hidden: { ...shared, ...two },
    marks: {
      granted: one.marks,
      hidden: two.marks,
      members: [invited, ...(await Promise.all(people.slice(0, 2).map(emailOf)))],
      spared: [one.sparedHandle],
      tenant: [name, wishes],
    },
  };
}

/** An account with a shield that is up and a preview, against crowds of its own. */
async function account(life: Life, owner: Awaited<ReturnType<Life['stranger']>>, tag: string) {
  const [handle, troll, next, friend] = ['me', 'troll', 'next', 'friend'].map((word) => `${word}-${tag}.sandbox.test`);
  if (!handle || !troll || !next || !friend) throw new Error('four names were made');
  await life.sandbox.control.addAccounts([
    { handle, password: PASSWORD },
    { handle: troll, followers: 3 },
    { handle: next, followers: 2 },
    { handle: friend },
  ]);
  const connectionId = await life.connect(handle, PASSWORD, owner);
  const preview = (query: string) =>
    startPreview(owner, {
      sources: around(query),
      threshold: 1,
      connectionIds: [connectionId],
      action: 'block',
      hold: '6w',
      ...CALM_RULES,
    });
  const { id: shieldId } = await preview(troll);
  await life.drain.run();
  await raise(owner, { id: shieldId });
  await life.drain.run();
  // Looked at once, so that the friend is somebody we know.
  const { id: looked } = await preview(friend);
  const { id: previewId } = await preview(next);
  const { id: throwawayId } = await preview(next);
  const onX = { me: `m${tag}`, loud: `l${tag}` };
  await life.sandbox.control.perform({
    do: 'add-x-accounts',
    accounts: [
      { username: onX.me, password: PASSWORD },
      { username: onX.loud, followers: 3 },
    ],
  });
  await connectByConsent(life, { handle: onX.me, password: PASSWORD }, { by: owner });
  const xConnection = (await listConnections(owner)).find((one) => one.handle === onX.me);
  const { id: xPreviewId } = await startPreview(owner, {
    sources: [
      { kind: 'account', network: 'x', query: `@${onX.loud}` },
      { kind: 'followers', network: 'x', query: `@${onX.loud}` },
    ],
    threshold: 1,
    connectionIds: [String(xConnection?.id)],
    action: 'mute',
    hold: '6w',
    ...CALM_RULES,
  });
  const data = Buffer.from(`${troll}\n${next}\nno account`).toString('base64');
  const { id: uploadId } = await addUpload(owner, { name: `${troll}.csv`, network: 'bluesky', data });
  const { id: listId, token: listToken } = await publish(owner, {
    shieldId,
    network: 'bluesky',
    title: `crowd ${tag}`,
    hears: true,
  });
  await life.drain.run();
  const { id: subscriptionId } = await subscribe(owner, { token: listToken, mode: 'follow' });
  await life.drain.run();
  await writeAppeal(owner, { network: 'bluesky', account: troll, reason: 'other', words: `plea ${tag}` });
  await life.drain.run();
  const [appeal] = await listAppeals(owner, { id: listId });
  if (!appeal) throw new Error('nobody is heard');
  await discardPreview(owner, { id: looked });
  const [target] = (await listTargets(owner, { id: shieldId, filter: 'all', after: null })).items;
  const connections = await listConnections(owner);
  const spared = await owner.prisma.profile.findFirstOrThrow({ where: { handle: friend } });
  if (!target || connections.length === 0) throw new Error('the shield covers nobody');
  const targetKey = { accountId: target.accountId, profileId: target.profileId };
  return {
    connectionId,
    shieldId,
    previewId,
    xPreviewId,
    throwawayId,
    uploadId,
    listId,
    listToken,
    subscriptionId,
    listedHandle: troll,
    appealId: appeal.id,
    target: targetKey,
    spared: spared.id,
    sparedHandle: friend,
    marks: [
      connectionId,
      shieldId,
      previewId,
      xPreviewId,
      target.accountId,
      handle,
      troll,
      next,
      onX.loud,
      `plea ${tag}`,
    ],
  };
}

async function emailOf({ prisma, actor }: MemberContext): Promise<string> {
  return String((await prisma.user.findUniqueOrThrow({ where: { id: actor.userId } })).email);
}

/** A session as the web app makes one, of somebody who has just shown a passkey that they have had for days: nothing is refused for want of that. */
async function signIn(admin: Asker, userId: string, tenantId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const key = createHash('sha256').update(token).digest('base64url');
  await admin.ask(
    `INSERT INTO sessions (session_token, user_id, how, browser, system, created_at, last_seen_at, proven_at, verified_at, expires, acting_in)
     VALUES ($1, $2, 'mail', 'firefox', 'linux', now(), now(), now(), now(), now() + interval '1 day', $3)`,
    [key, userId, tenantId],
  );
  await addPasskey(admin, userId);
  return `authjs.session-token=${token}`;
}

async function addPasskey(admin: Asker, userId: string): Promise<void> {
  await admin.ask(
    `INSERT INTO passkeys (user_id, credential_id, public_key, counter, transports, backed_up, name, created_at)
     VALUES ($1, $2, '', 0, '{}', false, 'a passkey', now() - interval '2 days')`,
    [userId, randomBytes(16).toString('base64url')],
  );
}

/** A session and a passkey that are somebody's own. */
async function ownThings(admin: Asker, userId: string): Promise<{ sessionId: string; passkeyId: string }> {
  await addPasskey(admin, userId);
  await admin.ask(
    `INSERT INTO sessions (session_token, user_id, how, browser, system, created_at, last_seen_at, proven_at, expires)
     VALUES ($1, $2, 'mail', 'firefox', 'linux', now(), now(), now(), now() + interval '1 day')`,
    [randomBytes(32).toString('base64url'), userId],
  );
  const [own] = await admin.ask<{ sessionId: string; passkeyId: string }>(
    `SELECT s.id AS "sessionId", p.id AS "passkeyId" FROM sessions s, passkeys p WHERE s.user_id = $1 AND p.user_id = $1`,
    [userId],
  );
  if (!own) throw new Error('nobody owns anything');
  return own;
}

/** An account that the tenant has just proven to own, and that is connected somewhere else. */
async function elsewhere(admin: Asker, { actor }: MemberContext): Promise<string> {
  const [row] = await admin.ask<{ id: string }>(
    `INSERT INTO connections (tenant_id, id, network, handle, state, created_at, proven_at)
     VALUES ($1, uuidv7(), 'bluesky', 'elsewhere.sandbox.test', 'elsewhere', now(), now() + interval '1 day') RETURNING id`,
    [actor.tenantId],
  );
  return row?.id ?? '';
}

/** Something that somebody wants to do and waits a day for. */
async function waiting(admin: Asker, { actor }: MemberContext): Promise<string> {
  const [row] = await admin.ask<{ id: string }>(
    `INSERT INTO pending_actions (tenant_id, id, user_id, kind, state, requested_at, ready_at, expires_at, cancel_hash)
     VALUES ($1, uuidv7(), $2, 'export', 'waiting', now(), now() + interval '1 day', now() + interval '9 years', $3) RETURNING id`,
    [actor.tenantId, actor.userId, randomBytes(32)],
  );
  return row?.id ?? '';
}
