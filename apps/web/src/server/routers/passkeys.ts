import { limitedBy } from '../limits/procedures.ts';
import {
  aloneInput,
  letPasskeyAlone,
  listPasskeys,
  passkeyInput,
  removePasskey,
  renamePasskey,
  renamePasskeyInput,
} from '../passkeys/manage.ts';
import { addPasskey, offerPasskey, registerInput } from '../passkeys/register.ts';
import { makeRecoveryCodes } from '../recovery/make.ts';
import { router, signedInProcedure } from '../rpc.ts';
import { freshOwn } from '../step-up/procedures.ts';

const fresh = freshOwn('passkeys', limitedBy('passkeysBy'));

export const passkeysRouter = router({
  list: signedInProcedure.query(({ ctx }) => listPasskeys(ctx)),
  offer: fresh.mutation(({ ctx }) => offerPasskey(ctx)),
  add: fresh.input(registerInput).mutation(({ ctx, input }) => addPasskey(ctx, input)),
  rename: fresh.input(renamePasskeyInput).mutation(({ ctx, input }) => renamePasskey(ctx, input)),
  remove: fresh.input(passkeyInput).mutation(({ ctx, input }) => removePasskey(ctx, input)),
  letAlone: fresh.input(aloneInput).mutation(({ ctx, input }) => letPasskeyAlone(ctx, input)),
  makeCodes: fresh.mutation(({ ctx }) => makeRecoveryCodes(ctx)),
});
