/** What can be done, for the trail. Safe for the browser. */

/** What an audit row's subject is. */
export type About =
  | 'tenant'
  | 'connection'
  | 'shield'
  | 'upload'
  | 'account'
  | 'profile'
  | 'member'
  | 'invitation'
  | 'trail'
  | 'keys'
  | 'session'
  | 'passkey'
  | 'contact'
  | 'way'
  | 'wait'
  | 'list';

/** Where the trail's filter puts an action. */
export const AUDIT_GROUPS = ['shields', 'accounts', 'people', 'access', 'sign-in', 'secrets'] as const;
export type AuditGroup = (typeof AUDIT_GROUPS)[number];

/** Everything that leaves a row, what its subject is, and under what it is filtered. The set is closed. */
export const AUDIT_ACTIONS = {
  'tenant.created': { about: 'tenant', group: 'access' },
  'tenant.renamed': { about: 'tenant', group: 'access' },
  'spending.capped': { about: 'tenant', group: 'access' },
  'tenant.exported': { about: 'tenant', group: 'access' },
  'tenant.erased': { about: 'tenant', group: 'access' },
  'tenant.closed': { about: 'tenant', group: 'access' },
  'deletion.asked_now': { about: 'tenant', group: 'access' },
  'deletion.asked_keep': { about: 'tenant', group: 'access' },
  'deletion.cancelled': { about: 'tenant', group: 'access' },
  'deletion.begun': { about: 'tenant', group: 'access' },
  'deletion.stuck': { about: 'tenant', group: 'access' },
  'deletion.kept': { about: 'tenant', group: 'access' },
  'wishes.written': { about: 'tenant', group: 'access' },
  'member.invited': { about: 'invitation', group: 'access' },
  'invitation.revoked': { about: 'invitation', group: 'access' },
  'member.joined': { about: 'member', group: 'access' },
  'member.made_owner': { about: 'member', group: 'access' },
  'member.made_admin': { about: 'member', group: 'access' },
  'member.made_helper': { about: 'member', group: 'access' },
  'member.made_viewer': { about: 'member', group: 'access' },
  'member.removed': { about: 'member', group: 'access' },
  'member.left': { about: 'member', group: 'access' },
  'grant.given': { about: 'member', group: 'access' },
  'grant.revoked': { about: 'member', group: 'access' },
  'connection.requested': { about: 'connection', group: 'accounts' },
  'connection.renewing': { about: 'connection', group: 'accounts' },
  'connection.renewed': { about: 'connection', group: 'accounts' },
  'connection.confirmed': { about: 'connection', group: 'accounts' },
  'connection.refused': { about: 'connection', group: 'accounts' },
  'connection.revoked': { about: 'connection', group: 'accounts' },
  'connection.left_in_time': { about: 'connection', group: 'accounts' },
  'connection.left_now': { about: 'connection', group: 'accounts' },
  'connection.left_keep': { about: 'connection', group: 'accounts' },
  'connection.drained': { about: 'connection', group: 'accounts' },
  'connection.ending': { about: 'connection', group: 'accounts' },
  'connection.elsewhere': { about: 'connection', group: 'accounts' },
  'connection.left_there': { about: 'connection', group: 'accounts' },
  'connection.move_now': { about: 'connection', group: 'accounts' },
  'connection.move_keep': { about: 'connection', group: 'accounts' },
  'connection.moved_here': { about: 'connection', group: 'accounts' },
  'connection.moving_away': { about: 'connection', group: 'accounts' },
  'connection.moved_away': { about: 'connection', group: 'accounts' },
  'connection.gone': { about: 'connection', group: 'accounts' },
  'standing.read': { about: 'connection', group: 'accounts' },
  'standing.made_again': { about: 'connection', group: 'accounts' },
  'standing.lifted': { about: 'connection', group: 'accounts' },
  'upload.added': { about: 'upload', group: 'shields' },
  'preview.started': { about: 'shield', group: 'shields' },
  'preview.taken': { about: 'shield', group: 'shields' },
  'preview.discarded': { about: 'shield', group: 'shields' },
  'preview.friends': { about: 'shield', group: 'shields' },
  'shield.raised': { about: 'shield', group: 'shields' },
  'shield.planned': { about: 'shield', group: 'shields' },
  'shield.kept_up': { about: 'shield', group: 'shields' },
  'keeping.begun': { about: 'shield', group: 'shields' },
  'keeping.stopped': { about: 'shield', group: 'shields' },
  'shield.paused': { about: 'shield', group: 'shields' },
  'shield.resumed': { about: 'shield', group: 'shields' },
  'shield.extended': { about: 'shield', group: 'shields' },
  'shield.cancelled': { about: 'shield', group: 'shields' },
  'shield.undone': { about: 'shield', group: 'shields' },
  'target.undone': { about: 'shield', group: 'shields' },
  'targets.undone': { about: 'shield', group: 'shields' },
  'undo.ordered': { about: 'tenant', group: 'shields' },
  'undo.called_off': { about: 'tenant', group: 'shields' },
  'shield.ending': { about: 'shield', group: 'shields' },
  'shield.renewed': { about: 'shield', group: 'shields' },
  'shield.noted': { about: 'shield', group: 'shields' },
  'shield.unwound': { about: 'shield', group: 'shields' },
  'exemption.added': { about: 'profile', group: 'people' },
  'exemption.brought': { about: 'upload', group: 'people' },
  'exemption.removed': { about: 'profile', group: 'people' },
  'effects.moved': { about: 'account', group: 'shields' },
  'effects.reconciled': { about: 'account', group: 'shields' },
  'list.published': { about: 'list', group: 'people' },
  'list.taken_off': { about: 'profile', group: 'people' },
  'list.ended': { about: 'list', group: 'people' },
  'list.followed': { about: 'list', group: 'people' },
  'list.copied': { about: 'list', group: 'people' },
  'list.accepted': { about: 'list', group: 'people' },
  'list.frozen': { about: 'list', group: 'people' },
  'list.changed': { about: 'list', group: 'people' },
  'list.appealed': { about: 'profile', group: 'people' },
  'list.appeal_left': { about: 'profile', group: 'people' },
  'list.hears': { about: 'list', group: 'people' },
  'list.hears_not': { about: 'list', group: 'people' },
  'list.over': { about: 'list', group: 'people' },
  'keys.rewrapped': { about: 'keys', group: 'secrets' },
  'keys.renewed': { about: 'keys', group: 'secrets' },
  'keys.retired': { about: 'keys', group: 'secrets' },
  'keys.shredded': { about: 'keys', group: 'secrets' },
  'secrets.resealed': { about: 'keys', group: 'secrets' },
  'secrets.unreadable': { about: 'connection', group: 'secrets' },
  'session.started': { about: 'session', group: 'sign-in' },
  'session.ended': { about: 'session', group: 'sign-in' },
  'device.new': { about: 'session', group: 'sign-in' },
  'passkey.added': { about: 'passkey', group: 'sign-in' },
  'passkey.renamed': { about: 'passkey', group: 'sign-in' },
  'passkey.removed': { about: 'passkey', group: 'sign-in' },
  'passkey.mode': { about: 'passkey', group: 'sign-in' },
  'passkey.suspect': { about: 'passkey', group: 'sign-in' },
  'recovery.made': { about: 'passkey', group: 'sign-in' },
  'recovery.used': { about: 'passkey', group: 'sign-in' },
  'recovery.failed': { about: 'passkey', group: 'sign-in' },
  'way.added': { about: 'way', group: 'sign-in' },
  'way.removed': { about: 'way', group: 'sign-in' },
  'contact.asked': { about: 'contact', group: 'sign-in' },
  'contact.changed': { about: 'contact', group: 'sign-in' },
  'contact.removed': { about: 'contact', group: 'sign-in' },
  'address.asked': { about: 'contact', group: 'sign-in' },
  'address.changed': { about: 'contact', group: 'sign-in' },
  'address.restored': { about: 'contact', group: 'sign-in' },
  'pending.asked': { about: 'wait', group: 'sign-in' },
  'pending.cancelled': { about: 'wait', group: 'sign-in' },
  'pending.done': { about: 'wait', group: 'sign-in' },
  'staff.looked': { about: 'tenant', group: 'access' },
  'ledger.exported': { about: 'tenant', group: 'access' },
  'trail.exported': { about: 'trail', group: 'access' },
  'trail.erased': { about: 'trail', group: 'access' },
} as const satisfies Record<string, { about: About; group: AuditGroup }>;
export type AuditAction = keyof typeof AUDIT_ACTIONS;

/** Who acted. */
export const ACTOR_KINDS = ['member', 'helper', 'operator', 'system'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

const PEOPLE: readonly About[] = ['account', 'profile', 'member'];

/** Whether an action's subject is somebody: then it stands beside the chain, so that it can be erased. */
export function isAboutSomebody(action: AuditAction): boolean {
  return PEOPLE.includes(AUDIT_ACTIONS[action].about);
}
