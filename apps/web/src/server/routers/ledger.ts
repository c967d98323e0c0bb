import { listLedger, undoShown } from '@secateur/core/ledger';
import { ledgerInput } from '@secateur/core/ledger/schemas';
import { memberProcedure, router } from '../rpc.ts';

export const ledgerRouter = router({
  list: memberProcedure.input(ledgerInput).query(({ ctx, input }) => listLedger(ctx, input)),
  undoShown: memberProcedure.input(ledgerInput).mutation(({ ctx, input }) => undoShown(ctx, input)),
});
