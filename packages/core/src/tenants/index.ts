export { demand } from './demand.ts';
export { foundOrganisation, welcome } from './found.ts';
export { actorOf, type Membership, memberOf, tenantsOf } from './standing.ts';
