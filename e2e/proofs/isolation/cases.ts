import { CALM_RULES } from '@secateur/core/exemptions/policy';
import { around } from '@secateur/core/testing';
import type { Asks, Group } from './callers.ts';
import type { InputOf, ProcedurePath } from './procedures.ts';
import type { Things } from './world.ts';

export type Case<Path extends ProcedurePath = ProcedurePath> = {
  asks: Asks;
  input?: (things: Things) => InputOf<Path>;
  /** It names nothing of a tenant: whoever asks, asks about their own, and a stranger gets theirs. */
  own?: true;
  /** What the owner's answer shows, so that an answer with nothing in it can't pass for one that hides. */
  shows?: Group;
  /** Who holds the token may know, whoever they are. */
  bearer?: true;
  /** It changes what others are asked about: asked last. */
  last?: true;
  /** What it is about is gone after the first who may. */
  once?: true;
};

const PREVIEW = {
  sources: around('nobody.sandbox.test', { followers: false }),
  threshold: 1,
  action: 'block',
  hold: '1d',
  ...CALM_RULES,
} as const;

/** Everybody in every shield. */
const LEDGER = {
  term: null,
  network: null,
  connectionId: null,
  shieldId: null,
  action: null,
  standing: null,
  reason: null,
  after: null,
} as const;

/** What no authenticator ever said. */
const NAMED = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {} } as const;
const SAID = { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' };
const MADE = { clientDataJSON: 'e30', attestationObject: 'AAAA' };

/** Every procedure: what it asks of its caller. One that is missing here does not compile. */
export const CASES: { [Path in ProcedurePath]: Case<Path> } = {
  'connections.list': { asks: 'look', own: true, shows: 'granted' },
  'connections.connect': {
    asks: 'connections',
    own: true,
    input: () => ({ network: 'bluesky', handle: 'nobody.sandbox.test', password: 'wrong' }),
  },
  // Who may is sent off anew each time; of the connection that is named only its owner's tenant learns that it is there.
  'connections.beginConsent': {
    asks: 'connections',
    input: (t) => ({ connectionId: t.connectionId, back: '/accounts' }),
  },
  'connections.reconnect': { asks: 'connections', input: (t) => ({ id: t.connectionId, password: 'wrong' }) },
  'connections.standing': { asks: 'look', input: (t) => ({ id: t.connectionId }) },
  'connections.readNow': { asks: 'prepare', input: (t) => ({ id: t.connectionId }) },
  'connections.makeAgain': { asks: 'run', input: (t) => ({ id: t.connectionId }) },
  'connections.liftLeft': { asks: 'undo', input: (t) => ({ id: t.connectionId }) },
  // Of an account that is connected elsewhere only whoever proved it may say whether it moves.
  'connections.moveHere': { asks: 'connections', input: (t) => ({ id: t.elsewhereId, blocks: 'now' }) },
  'connections.leaveThere': { asks: 'connections', input: (t) => ({ id: t.strayId }), once: true },
  'connections.disconnect': {
    asks: 'connections.leave',
    input: (t) => ({ id: t.connectionId, blocks: 'in_time' }),
    last: true,
  },
  'contact.get': { asks: 'signed-in', own: true },
  'contact.askSecond': { asks: 'signed-in', own: true, input: () => ({ email: 'friend@example.test' }) },
  // Nobody has named anybody who said yes, and nobody sees whom others named.
  'contact.removeSecond': { asks: 'nobody' },
  'contact.askNewAddress': { asks: 'signed-in', own: true, input: () => ({ email: 'new@example.test' }) },
  'deletion.view': { asks: 'signed-in', own: true },
  // By the name of the tenant that is asked about: a stranger is told that theirs is called otherwise.
  'deletion.ask': {
    asks: 'delete',
    own: true,
    input: (t) => ({ name: t.tenantName, blocks: 'keep' }),
    last: true,
  },
  // What was just asked for is called off again; a stranger has asked for nothing.
  'deletion.callOff': { asks: 'delete', last: true },
  'deletion.receipt': { asks: 'nobody', input: () => ({ token: 'a guess that is long enough' }) },
  'events.follow': { asks: 'look', own: true },
  'exemptions.list': { asks: 'look-all', own: true, shows: 'spared' },
  'exemptions.find': { asks: 'look-all', own: true, input: () => ({ text: '', before: null }), shows: 'spared' },
  'exemptions.file': { asks: 'look-all', own: true, input: () => ({ network: 'bluesky' }), shows: 'spared' },
  'exemptions.bring': { asks: 'people', input: (t) => ({ uploadId: t.uploadId }) },
  'exemptions.allow': { asks: 'people', input: (t) => ({ profileId: t.passerById }) },
  'exemptions.allowSome': { asks: 'people', input: (t) => ({ profileIds: [t.passerById] }) },
  'exemptions.disallow': { asks: 'people', own: true, input: (t) => ({ profileId: t.passerById }) },
  'ledger.list': { asks: 'look', own: true, input: () => LEDGER, shows: 'granted' },
  // Of another tenant's shield nothing is shown, so there is nothing to undo: a stranger asks about their own.
  'ledger.undoShown': { asks: 'undo', own: true, input: () => ({ ...LEDGER, standing: 'failed' }) },
  'links.lookAt': { asks: 'nobody', input: () => ({ token: 'a guess' }) },
  'links.follow': { asks: 'nobody', input: () => ({ token: 'a guess' }) },
  'lists.list': { asks: 'look-all', own: true },
  'lists.publish': {
    asks: 'lists',
    input: (t) => ({ shieldId: t.shieldId, network: 'bluesky', title: 'A crowd', hears: true }),
  },
  // Of nobody on it: that it can be asked is what is held against the table.
  'lists.takeOff': { asks: 'lists.end', input: (t) => ({ id: t.listId, query: 'nobody.example' }) },
  'lists.end': { asks: 'lists.end', input: (t) => ({ id: t.listId }), last: true },
  // Whoever writes is told the same, on a list or on none: what is written names somebody of the tenant's, and shows nowhere.
  'lists.appeal': {
    asks: 'anybody',
    input: (t) => ({ network: 'bluesky', account: t.listedHandle, reason: 'other', words: 'I did nothing' }),
  },
  'lists.hear': { asks: 'lists.end', input: (t) => ({ id: t.listId, hears: true }) },
  'lists.appeals': { asks: 'lists.end', input: (t) => ({ id: t.listId }), shows: 'granted' },
  'lists.readAppeal': { asks: 'lists.end', input: (t) => ({ id: t.appealId }) },
  // Whoever is second is told that it was answered.
  'lists.answerAppeal': { asks: 'lists.end', input: (t) => ({ id: t.appealId, takeOff: false }) },
  // Whoever has the link may take the list into a tenant of their own, where they may take lists.
  'lists.lookAt': { asks: 'lists', own: true, bearer: true, input: (t) => ({ token: t.listToken }) },
  'lists.subscribe': {
    asks: 'lists',
    own: true,
    bearer: true,
    input: (t) => ({ token: t.listToken, mode: 'freeze' }),
  },
  // Nothing waits for a yes: who may is told so.
  'lists.accept': { asks: 'lists', input: (t) => ({ id: t.subscriptionId, change: 0 }) },
  'lists.freeze': { asks: 'lists.end', input: (t) => ({ id: t.subscriptionId }), last: true },
  'members.list': { asks: 'members.look', own: true, shows: 'members' },
  'members.changeRole': { asks: 'members', input: (t) => ({ userId: t.bystanderId, role: 'viewer' }) },
  'members.remove': { asks: 'members', input: (t) => ({ userId: t.bystanderId }), once: true },
  'members.giveGrant': {
    asks: 'members',
    input: (t) => ({
      userId: t.helperId,
      connectionId: t.connectionId,
      verbs: ['view', 'prepare', 'run', 'undo'],
      days: 90,
    }),
  },
  'members.invite': {
    asks: 'members',
    own: true,
    input: () => ({ email: 'somebody@example.test', role: 'viewer', grant: null }),
  },
  'members.invitations': { asks: 'members.look', own: true, shows: 'members' },
  'members.revokeInvitation': { asks: 'members.look', input: (t) => ({ id: t.invitationId }), last: true, once: true },
  'passkeys.list': { asks: 'signed-in', own: true },
  'passkeys.offer': { asks: 'signed-in', own: true },
  'passkeys.add': {
    asks: 'signed-in',
    own: true,
    input: () => ({ name: 'Mine', answer: { ...NAMED, response: MADE } }),
  },
  'passkeys.rename': { asks: 'nobody', input: (t) => ({ id: t.passkeyId, name: 'Mine' }) },
  'passkeys.remove': { asks: 'nobody', input: (t) => ({ id: t.passkeyId }) },
  'passkeys.letAlone': { asks: 'signed-in', own: true, input: () => ({ alone: false }) },
  'passkeys.makeCodes': { asks: 'signed-in', own: true },
  'quotas.get': { asks: 'look', own: true },
  'spending.get': { asks: 'look', own: true },
  'spending.setCap': { asks: 'spending', own: true, input: () => ({ cents: 0 }) },
  'sessions.list': { asks: 'signed-in', own: true },
  'sessions.end': { asks: 'nobody', input: (t) => ({ id: t.sessionId }) },
  'sessions.endOthers': { asks: 'signed-in', own: true },
  'uploads.add': {
    asks: 'prepare',
    own: true,
    input: () => ({ name: 'a.csv', network: 'bluesky', data: Buffer.from('nobody.sandbox.test').toString('base64') }),
  },
  // A helper looks into what they brought themselves; this one the owner brought.
  'uploads.get': { asks: 'members', input: (t) => ({ id: t.uploadId }), shows: 'granted' },
  'shields.startPreview': { asks: 'prepare', input: (t) => ({ ...PREVIEW, connectionIds: [t.connectionId] }) },
  'shields.preview': { asks: 'look', input: (t) => ({ id: t.previewId }), shows: 'granted' },
  'shields.lookForFriends': { asks: 'prepare', input: (t) => ({ id: t.previewId }) },
  'shields.get': { asks: 'look', input: (t) => ({ id: t.shieldId }), shows: 'granted' },
  'shields.list': { asks: 'look', own: true, input: () => ({ before: null }), shows: 'granted' },
  'shields.targets': {
    asks: 'look',
    input: (t) => ({ id: t.shieldId, filter: 'all', after: null }),
    shows: 'granted',
  },
  'shields.pause': { asks: 'undo', input: (t) => ({ id: t.shieldId }) },
  'shields.resume': { asks: 'run', input: (t) => ({ id: t.shieldId }) },
  'shields.beginKeepingUp': { asks: 'run', input: (t) => ({ id: t.shieldId }) },
  'shields.stopKeepingUp': { asks: 'undo', input: (t) => ({ id: t.shieldId }) },
  'shields.extend': { asks: 'run', input: (t) => ({ id: t.shieldId, hold: '1d' }) },
  'shields.raise': { asks: 'run', input: (t) => ({ id: t.previewId }) },
  'shields.undoTarget': { asks: 'undo', input: (t) => ({ id: t.shieldId, ...t.target }) },
  'shields.undoSome': {
    asks: 'undo',
    input: (t) => ({ targets: [{ shieldId: t.shieldId, ...t.target, action: 'block' }] }),
  },
  'shields.renew': { asks: 'run', input: (t) => ({ ids: [t.shieldId] }) },
  'shields.writeNote': { asks: 'prepare', input: (t) => ({ id: t.shieldId, reason: 'Why', note: null }) },
  'shields.order': { asks: 'look', own: true },
  'shields.undoAll': { asks: 'undo-all', own: true, input: () => ({ days: 7 }), last: true },
  // Nobody gave an order under that name.
  'shields.callOff': { asks: 'nobody', input: (t) => ({ id: t.shieldId }) },
  'shields.cancel': { asks: 'undo', input: (t) => ({ id: t.shieldId }) },
  'shields.undo': { asks: 'undo', input: (t) => ({ id: t.shieldId }) },
  'shields.discardPreview': { asks: 'prepare', input: (t) => ({ id: t.throwawayId }), last: true, once: true },
  'signIn.ask': { asks: 'anybody', own: true },
  'signIn.byPasskey': { asks: 'anybody', own: true, input: () => ({ answer: { ...NAMED, response: SAID } }) },
  'signIn.byCode': { asks: 'anybody', own: true, input: () => ({ code: 'a guess' }) },
  'stepUp.check': { asks: 'signed-in', own: true, input: () => ({ deed: 'export' }) },
  'stepUp.askForPasskey': { asks: 'signed-in', own: true },
  'stepUp.byPasskey': { asks: 'signed-in', own: true, input: () => ({ answer: { ...NAMED, response: SAID } }) },
  'stepUp.sendLink': { asks: 'signed-in', own: true, input: () => ({ deed: 'export' }) },
  'stepUp.pending': { asks: 'signed-in', own: true },
  'stepUp.stop': { asks: 'members.look', input: (t) => ({ id: t.pendingId }), once: true },
  'tenants.current': { asks: 'signed-in', own: true, shows: 'tenant' },
  'tenants.rename': { asks: 'members', own: true, input: () => ({ name: 'Another name' }), last: true },
  'tenants.writeWishes': { asks: 'members.look', own: true, input: () => ({ wishes: 'Another wish' }), last: true },
  'tenants.choose': { asks: 'member', input: (t) => ({ tenantId: t.tenantId }) },
  'tenants.createOrganisation': { asks: 'signed-in', own: true, input: () => ({ name: 'An organisation' }) },
  'tenants.lookAtInvitation': { asks: 'signed-in', input: (t) => ({ token: t.invitationToken }), bearer: true },
  'tenants.acceptInvitation': { asks: 'nobody', input: (t) => ({ token: t.invitationToken }) },
  // The helper helps no more from here on.
  'members.revokeGrant': {
    asks: 'members.look',
    input: (t) => ({ userId: t.helperId, connectionId: t.connectionId }),
    last: true,
    once: true,
  },
  // Whoever left is a stranger from then on, and whoever ended their session nobody at all.
  'members.leave': { asks: 'signed-in', own: true, last: true },
  'sessions.endAll': { asks: 'signed-in', own: true, last: true },
  'ways.list': { asks: 'signed-in', own: true },
  'ways.beginAdding': {
    asks: 'signed-in',
    own: true,
    input: () => ({ network: 'bluesky', account: 'nobody.sandbox.test', back: '/settings/security' }),
  },
  // Nobody there signs in with an account.
  'ways.remove': { asks: 'nobody', input: () => ({ network: 'bluesky', nativeId: 'did:plc:nobody' }) },
  'trail.read': {
    asks: 'trail',
    own: true,
    input: () => ({ actorKind: null, group: null, from: null, to: null, before: null }),
    shows: 'members',
  },
  'trail.newer': {
    asks: 'trail',
    own: true,
    input: () => ({ actorKind: null, group: null, from: null, to: null, after: null }),
  },
};
