import { systemClock } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { createDb } from '@secateur/db';

/** What a verb needs to ask the database at `url`. Who calls this closes it. */
export function openContext(url: string): { ctx: Context; close(): Promise<void> } {
  const db = createDb(url, { max: 2, name: 'secateur-launcher', prepare: true });
  return { ctx: { prisma: db.prisma, clock: systemClock }, close: db.close };
}
