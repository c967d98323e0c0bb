import { z } from 'zod';

/** What a browser sends of an authenticator's answer: text in base64url, none of it larger than it can be. */
const encoded = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9_-]*$/);

const common = {
  id: encoded(1_400).min(1),
  rawId: encoded(1_400).min(1),
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}),
};

/** The answer to a question for a passkey. */
export const assertionInput = z.object({
  ...common,
  response: z.object({
    clientDataJSON: encoded(4_000),
    authenticatorData: encoded(4_000),
    signature: encoded(12_000),
    userHandle: encoded(100)
      .nullish()
      .transform((handle) => handle ?? undefined),
  }),
});

/** The answer to the wish for a new passkey. */
export const attestationInput = z.object({
  ...common,
  response: z.object({
    clientDataJSON: encoded(4_000),
    attestationObject: encoded(60_000),
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});

/** What a passkey is called by its owner. */
export const passkeyName = z.string().trim().min(1).max(60);
