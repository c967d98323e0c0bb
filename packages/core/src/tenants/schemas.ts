import { z } from 'zod';
import { GRANT_VERBS, type GrantVerb, ROLES, type Role } from './policy/permission.ts';

/** Inputs and views of tenants and their members. Safe for the browser. */

/** Days for which a helper's grant may be given. */
export const GRANT_DAYS = [1, 7, 30, 90] as const;
const days = z.literal(GRANT_DAYS);
const verbs = z.array(z.enum(GRANT_VERBS)).min(1).max(GRANT_VERBS.length);
/** One line as it is read: no line breaks, control characters, or marks that turn the direction of what follows. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u);

export const organisationInput = z.object({ name });
export const tenantInput = z.object({ tenantId: z.uuid() });
export const renameInput = z.object({ name });
export const wishesInput = z.object({ wishes: z.string().trim().max(4_000) });

export const inviteInput = z
  .object({
    email: z.email().max(254).toLowerCase(),
    role: z.enum(ROLES),
    /** Of a helper: what they may do, with which connections, for how long. */
    grant: z.object({ connectionIds: z.array(z.uuid()).min(1).max(50), verbs, days }).nullable(),
  })
  .refine(({ role, grant }) => (role === 'helper') === (grant !== null), { path: ['grant'] });
export type InviteInput = z.infer<typeof inviteInput>;

export const invitationInput = z.object({ id: z.uuid() });
export const tokenInput = z.object({ token: z.string().min(20).max(100) });
export const memberInput = z.object({ userId: z.uuid() });
export const roleInput = z.object({ userId: z.uuid(), role: z.enum(ROLES) });
export const grantInput = z.object({ userId: z.uuid(), connectionId: z.uuid(), verbs, days });
export const grantKey = z.object({ userId: z.uuid(), connectionId: z.uuid() });

export type GrantView = { connectionId: string; handle: string; verbs: GrantVerb[]; expiresAt: Date; live: boolean };
export type MemberView = {
  userId: string;
  /** What they are called by: a name, or the address they signed up with. */
  name: string;
  role: Role;
  joinedAt: Date;
  /** Whether this is who asks. */
  you: boolean;
  grants: GrantView[];
};
export type InvitationView = { id: string; email: string; role: Role; invitedAt: Date; expiresAt: Date };
/** What somebody who holds an invitation's link is told before they take it. */
export type InvitationOffer = { tenantName: string; role: Role; email: string; expiresAt: Date };

/** The tenant somebody acts in, with the others they could choose. */
export type TenantView = {
  tenantId: string;
  kind: 'personal' | 'organisation';
  name: string;
  wishes: string;
  suspended: boolean;
  role: Role;
  /** Of a helper: what they may do now, and nothing of what is over. */
  grants: GrantView[];
  others: { tenantId: string; name: string; role: Role }[];
};
