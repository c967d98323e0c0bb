import { addressInput, askNewAddress } from '../contact/address.ts';
import { askSecond, getContact, removeSecond } from '../contact/second.ts';
import { router, signedInProcedure } from '../rpc.ts';
import { freshOwn } from '../step-up/procedures.ts';

export const contactRouter = router({
  get: signedInProcedure.query(({ ctx }) => getContact(ctx)),
  askSecond: freshOwn('contact')
    .input(addressInput)
    .mutation(({ ctx, input }) => askSecond(ctx, input)),
  removeSecond: freshOwn('contact').mutation(({ ctx }) => removeSecond(ctx)),
  askNewAddress: freshOwn('address')
    .input(addressInput)
    .mutation(({ ctx, input }) => askNewAddress(ctx, input)),
});
