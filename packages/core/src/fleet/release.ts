import type { Context } from '../context/index.ts';

/** A fleet member was found dead: the accounts it held are free at once. Returns how many. */
export async function releaseMember(ctx: Pick<Context, 'prisma'>, memberId: string): Promise<number> {
  const [row] = await ctx.prisma.$queryRaw<{ freed: bigint }[]>`SELECT across.release(${memberId}::uuid) AS freed`;
  return Number(row?.freed ?? 0);
}
