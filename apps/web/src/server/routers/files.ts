import { exportTenant } from '@secateur/core/exports';
import { exportInput } from '@secateur/core/exports/schemas';
import { exportLedger } from '@secateur/core/ledger';
import { ledgerFilter } from '@secateur/core/ledger/schemas';
import { takePreparedList } from '@secateur/core/shields';
import { preparedInput } from '@secateur/core/shields/schemas';
import { exportTrail } from '@secateur/core/trail';
import { exportTrailInput } from '@secateur/core/trail/schemas';
import { createCallerFactory, router } from '../rpc.ts';
import { freshMember } from '../step-up/procedures.ts';
import { unlessBegun } from '../unless-begun.ts';
import { whileSignedIn } from '../while-signed-in.ts';

/** Everything that leaves as a file: only for who may, and has confirmed that it is them. The one place where that is asked. */
const takingAlong = freshMember('export', 'export');

/** What is handed out as a file: on the same ladder as every procedure, but answered by routes of its own. */
const filesRouter = router({
  activity: takingAlong.input(exportTrailInput).mutation(async ({ ctx, input }) => {
    const file = await exportTrail(ctx, input);
    return { ...file, chunks: unlessBegun(whileSignedIn(ctx, file.chunks), ctx.giveBack) };
  }),
  ledger: takingAlong.input(ledgerFilter).mutation(async ({ ctx, input }) => {
    const file = await exportLedger(ctx, input);
    return { ...file, chunks: unlessBegun(whileSignedIn(ctx, file.chunks), ctx.giveBack) };
  }),
  prepared: takingAlong.input(preparedInput).mutation(async ({ ctx, input }) => {
    const file = await takePreparedList(ctx, input);
    return { ...file, chunks: unlessBegun(whileSignedIn(ctx, file.chunks), ctx.giveBack) };
  }),
  data: takingAlong.input(exportInput).mutation(async ({ ctx, input }) => {
    const file = await exportTenant(ctx, input);
    return { ...file, chunks: unlessBegun(whileSignedIn(ctx, file.chunks), ctx.giveBack) };
  }),
});
export const filesCaller = createCallerFactory(filesRouter);
export type FilesCaller = ReturnType<typeof filesCaller>;
