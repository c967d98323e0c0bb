import type { Table } from '../table.ts';
import { allowList, connections, madeByHand, ownPeople, readings } from './accounts.ts';
import { activity } from './activity.ts';
import { effects } from './effects.ts';
import { quotas } from './quotas.ts';
import { appeals, sharedLists, sharedMembers, subscriptions } from './sharing.ts';
import { keepings, shieldAccounts, shields, sources, undoOrders } from './shields.ts';
import { spending, spendingCap } from './spending.ts';
import { targets } from './targets.ts';
import { grants, invitations, members, pendingActions, tenant } from './tenant.ts';
import { uploadLines, uploadMembers, uploads } from './uploads.ts';

/** Everything a tenant has. `complete.test.ts` compares it with the database. */
export const TABLES: readonly Table[] = [
  tenant,
  members,
  grants,
  invitations,
  pendingActions,
  connections,
  readings,
  ownPeople,
  madeByHand,
  allowList,
  shields,
  sources,
  uploads,
  uploadLines,
  uploadMembers,
  sharedLists,
  sharedMembers,
  appeals,
  subscriptions,
  shieldAccounts,
  keepings,
  undoOrders,
  targets,
  effects,
  quotas,
  spendingCap,
  spending,
  activity,
];
