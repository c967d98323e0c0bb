import {
  changeRole,
  giveGrant,
  leave,
  listInvitations,
  listMembers,
  removeMember,
  revokeGrant,
  revokeInvitation,
} from '@secateur/core/tenants';
import {
  grantInput,
  grantKey,
  invitationInput,
  inviteInput,
  memberInput,
  roleInput,
} from '@secateur/core/tenants/schemas';
import { inviteByMail } from '../invite-by-mail.ts';
import { memberProcedure, router } from '../rpc.ts';

export const membersRouter = router({
  list: memberProcedure.query(({ ctx }) => listMembers(ctx)),
  changeRole: memberProcedure.input(roleInput).mutation(({ ctx, input }) => changeRole(ctx, input)),
  remove: memberProcedure.input(memberInput).mutation(({ ctx, input }) => removeMember(ctx, input)),
  leave: memberProcedure.mutation(({ ctx }) => leave(ctx)),
  giveGrant: memberProcedure.input(grantInput).mutation(({ ctx, input }) => giveGrant(ctx, input)),
  revokeGrant: memberProcedure.input(grantKey).mutation(({ ctx, input }) => revokeGrant(ctx, input)),
  invite: memberProcedure.input(inviteInput).mutation(({ ctx, input }) => inviteByMail(ctx, input)),
  invitations: memberProcedure.query(({ ctx }) => listInvitations(ctx)),
  revokeInvitation: memberProcedure.input(invitationInput).mutation(({ ctx, input }) => revokeInvitation(ctx, input)),
});
