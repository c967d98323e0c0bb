export { asUser, type OwnDeed } from './as-user.ts';
export { demand } from './demand.ts';
export { foundOrganisation, welcome } from './found.ts';
export { actorOf, type Membership, memberOf, tenantsOf } from './standing.ts';
