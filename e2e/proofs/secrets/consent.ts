import { visitSandbox } from '@secateur/sandbox';
import { mutate } from './front.ts';
import { comes, connectionsOf } from './life.ts';
import type { Account, Stage } from './stage.ts';

/** How a consent ended: at home again, or with what the page says. */
export type Ended = { problem: string | null };

/** Somebody's consent at their own server from the click to the end, with a browser of their own. Renews where it may. */
export async function consent(stage: Stage, who: Account, { no = false } = {}): Promise<Ended> {
  const { front } = stage;
  const known = (await connectionsOf(stage)).find(({ handle, state }) => handle === who.handle && state !== 'gone');
  const wanted = known ? { connectionId: known.id } : { network: 'bluesky', account: who.handle };
  const { id } = await mutate<{ id: string }>(front, 'connections.beginConsent', { ...wanted, back: '/accounts' });
  const sent = await next(stage, id);
  if (sent.go === undefined) return { problem: sent.problem ?? 'nothing' };
  await front.comeBack(await visit(stage, who, sent.go, no));
  return { problem: (await next(stage, id)).problem ?? null };
}

/** Signs in at the server that they were sent to and answers it. What a browser brings back from there. */
export async function visit({ canaries }: Stage, who: Account, url: string, no = false): Promise<string> {
  const answer = await visitSandbox(url, who, { no });
  for (const [name, kind] of [
    ['state', 'OAuth state'],
    ['code', 'OAuth code'],
  ] as const) {
    const secret = answer.get(name);
    if (secret !== null) canaries.text(kind, secret);
  }
  return answer.toString();
}

/** One that must work. */
export async function consented(stage: Stage, who: Account): Promise<void> {
  const { problem } = await consent(stage, who);
  if (problem !== null) throw new Error(`a consent ended with ${problem}`);
}

async function next({ front, ...stage }: Stage, id: string): Promise<{ go?: string; problem?: string }> {
  let step: Awaited<ReturnType<typeof front.step>> = {};
  await comes({ front, ...stage }, 'a consent gets on', async () => {
    step = await front.step(id);
    return step.go !== undefined || step.problem !== undefined;
  });
  return step;
}
