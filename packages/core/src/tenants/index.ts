export { asUser, type OwnDeed } from './as-user.ts';
export { demand } from './demand.ts';
export { welcome } from './found.ts';
export { giveGrant, revokeGrant } from './grants.ts';
export {
  acceptInvitation,
  type Invited,
  invite,
  listInvitations,
  lookAtInvitation,
  revokeInvitation,
} from './invitations.ts';
export { changeRole, leave, listMembers, removeMember } from './members.ts';
export { createOrganisation, getTenant, rename, writeWishes } from './settings.ts';
export { actorOf, type Membership, memberOf, standingIn, tenantsOf } from './standing.ts';
