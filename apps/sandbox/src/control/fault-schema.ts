import { z } from 'zod';
import { FAULT_KINDS, type FaultKind } from '../faults/fault.ts';

/** A fault as it may be sent in. */
export const faultSchema = z.object({
  kind: z.enum(Object.keys(FAULT_KINDS) as FaultKind[]),
  method: z.string().optional(),
  account: z.string().optional(),
  probability: z.number().min(0).max(1).optional(),
  count: z.int().positive().optional(),
  after: z.int().min(0).optional(),
  latencyMs: z.int().min(0).optional(),
  retryAfterSeconds: z.int().min(0).optional(),
  seed: z.int().optional(),
});
