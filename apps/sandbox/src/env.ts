import { z } from 'zod';

const schema = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(3421),
  SANDBOX_MASTODON_PORT: z.coerce.number().int().min(1).max(65_500).optional(),
  /** Where it is reached, when something stands before it. */
  SANDBOX_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  SANDBOX_DATA: z.string().min(1).optional(),
  SANDBOX_SEED: z.string().min(1).default('secateur'),
  SANDBOX_LIMITS: z.enum(['on', 'off']).optional(),
  SANDBOX_WORLD: z.enum(['demo', 'empty']).default('demo'),
});

/** Reads and checks the environment. Throws with what is wrong about it. */
export function readEnv(from: Record<string, string | undefined> = process.env) {
  return schema.parse(from);
}
