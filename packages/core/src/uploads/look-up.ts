import { NetworkError, type NetworkPort, type PublicProfile } from '@secateur/networks/port';
import { passes } from '../connections/index.ts';
import type { Context } from '../context/index.ts';
import { paying } from '../spending/index.ts';
import { isNativeId } from './policy/index.ts';

/** A line that names an account. */
export type Asked = { line: number; query: string };
/** What the network says of it: an id that needed no asking, the account, or that there is none. */
export type Answer = Asked & ({ nativeId: string } | { profile: PublicProfile } | { profile: null });

/** Accounts asked about at once where a network answers about one at a time. */
const AT_ONCE = 5;

/**
 * Looks up the first of these lines, as many as one question takes, and with them all that need none. `trouble` is why it
 * could not go on; what was answered before stands.
 */
export async function lookUp(
  ctx: Context,
  tenantId: string,
  port: NetworkPort,
  lines: Asked[],
): Promise<{ answers: Answer[]; trouble: NetworkError | null }> {
  const batch = port.many?.batch ?? AT_ONCE;
  const answers: Answer[] = [];
  const asked: Asked[] = [];
  for (const line of lines) {
    if (isNativeId(port.network, line.query)) answers.push({ ...line, nativeId: line.query });
    else if (asked.length < batch) asked.push(line);
    else break;
  }
  const inOrder = (all: Answer[]) => all.sort((a, b) => a.line - b.line);
  const most = asked.length * port.prices.profile;
  try {
    const found = await paying(ctx, { tenantId, most, cost: () => most }, () => ask(port, asked));
    return { answers: inOrder([...answers, ...found]), trouble: null };
  } catch (error) {
    if (!waits(error)) throw error;
    // Only what comes before the first that was not answered: the next turn begins there.
    const first = asked[0]?.line ?? 0;
    return { answers: inOrder(answers.filter(({ line }) => line < first)), trouble: error };
  }
}

/** Whether the same question is answered later: when the network is back, or when there is money for it. */
function waits(error: unknown): error is NetworkError {
  return passes(error) || (error instanceof NetworkError && error.problem === 'unaffordable');
}

async function ask(port: NetworkPort, asked: Asked[]): Promise<Answer[]> {
  if (asked.length === 0) return [];
  if (port.many) {
    const found = await port.many.resolve(asked.map(({ query }) => query));
    return asked.map((line, n) => ({ ...line, profile: found[n] ?? null }));
  }
  return Promise.all(asked.map(async (line) => ({ ...line, profile: await one(port, line.query) })));
}

/** Null for who is not there, whatever the reason: gone, put away, taken down, or no name there at all. */
async function one(port: NetworkPort, query: string): Promise<PublicProfile | null> {
  try {
    return await port.resolve(query);
  } catch (error) {
    if (error instanceof NetworkError && !passes(error)) return null;
    throw error;
  }
}
