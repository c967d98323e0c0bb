import { record } from '@secateur/core/events';
import type { Life } from '@secateur/core/testing';
import { withTenant } from '@secateur/db';
import { headersOf } from './ask.ts';
import { CALLERS, type Caller, MAY } from './callers.ts';
import type { Tally } from './matrix.ts';
import type { World } from './world.ts';

/** Of a tenant as a whole: everybody in it may learn of it. */
const LAST = { kind: 'tenant' } as const;

/**
 * Opens the stream as everybody, lets something happen to both accounts, and then to the tenant that each caller acts in:
 * what came before that last thing must be nothing that they have no business with.
 */
export async function listenAsEverybody(url: string, world: World, life: Life): Promise<Tally> {
  const tally: Tally = { calls: 0, wrong: [] };
  for (const caller of CALLERS) {
    tally.calls += 1;
    const leaving = new AbortController();
    const response = await fetch(new URL('/api/trpc/events.follow?input=%7B%22json%22%3A%7B%7D%7D', url), {
      headers: { ...headersOf(url, world, caller), accept: 'text/event-stream' },
      signal: leaving.signal,
    });
    const may = MAY.look.includes(caller) || MAY['signed-in'].includes(caller);
    if (!response.ok || !response.body) {
      if (may) tally.wrong.push(`events.follow by ${caller}: turned away (${response.status})`);
      continue;
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const until = async (word: string): Promise<string> => {
      let text = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return text;
        text += value;
        if (text.includes(word)) return text;
      }
    };
    try {
      await until(may ? 'resync' : 'error');
      const { granted, hidden } = both(world);
      const last = caller === 'stranger' ? world.strangersTenant : world.things[caller].tenantId;
      await tell(life, world.tenantId, [
        { kind: 'connection', subjectId: granted.connectionId },
        { kind: 'shield', subjectId: granted.shieldId },
        { kind: 'account', subjectId: granted.target.accountId },
        { kind: 'connection', subjectId: hidden.connectionId },
        { kind: 'shield', subjectId: hidden.shieldId },
        { kind: 'account', subjectId: hidden.target.accountId },
      ]);
      if (!may) continue;
      await tell(life, last, [{ ...LAST, subjectId: last }]);
      const text = await until(last);
      judge(tally, world, caller, text);
    } finally {
      leaving.abort();
    }
  }
  return tally;
}

function judge(tally: Tally, world: World, caller: Caller, text: string): void {
  const { granted, hidden } = both(world);
  const learned = (things: typeof granted) =>
    [things.connectionId, things.shieldId, things.target.accountId].filter((id) => text.includes(id)).length;
  const all = { viewer: 3, admin: 3, owner: 3 }[caller as string] ?? 0;
  const [ofGranted, ofHidden] = [learned(granted), learned(hidden)];
  if (ofGranted !== (caller === 'helper' || caller === 'elsewhere' ? 3 : all))
    tally.wrong.push(`events.follow by ${caller}: told of ${ofGranted} things of the granted account`);
  if (ofHidden !== all)
    tally.wrong.push(`events.follow by ${caller}: told of ${ofHidden} things of the hidden account`);
}

const both = (world: World) => ({ granted: world.things.helper, hidden: world.things.elsewhere });

async function tell(life: Life, tenantId: string, events: Parameters<typeof record>[3]): Promise<void> {
  await withTenant(life.worker.prisma, tenantId, (tx) => record(tx, tenantId, life.sandbox.clock.now(), events));
}
