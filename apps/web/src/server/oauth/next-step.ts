import { setTimeout as pause } from 'node:timers/promises';
import { problemOf } from '@secateur/base';
import type { MemberContext } from '@secateur/core/context';
import { type BrowserContext, connectProven, takeProof, viewFlow } from '@secateur/core/oauth';
import type { FlowView } from '@secateur/core/oauth/schemas';
import { actorOf } from '@secateur/core/tenants';
import { signInAs } from '../sign-in/by-network.ts';

/** What a page that waits is to do: ask again, go somewhere, or say what went wrong. */
export type Step = { go: string } | { problem: string; connects: boolean } | { wait: true };

/** Milliseconds that an answer may take, and between two looks at the row. */
const PATIENCE = 8_000;
const EVERY = 120;

/**
 * What comes next for a browser on its way to its network and back; waits a few seconds for it to come. Who has proven to own
 * an account is signed in by it, once, and has it connected if they consented to that.
 */
export async function nextStep(ctx: BrowserContext, id: string, gone: AbortSignal): Promise<Step> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const flow = await viewFlow(ctx, { id });
    if (flow.state !== 'going') return stepFrom(ctx, flow);
    if (performance.now() > until || gone.aborted) return { wait: true };
    await pause(EVERY);
  }
}

async function stepFrom(ctx: BrowserContext, flow: FlowView): Promise<Step> {
  switch (flow.state) {
    case 'send':
      return { go: flow.url ?? flow.back };
    case 'proven':
      return { go: await enter(ctx, flow) };
    case 'done':
      return { go: flow.back };
    default:
      return { problem: flow.problem ?? 'sign_in_stale', connects: flow.connects };
  }
}

/** Signs in, and says where to. Not being connected keeps nobody outside: the page with the accounts says why. */
async function enter(ctx: BrowserContext, { id, problem, back }: FlowView): Promise<string> {
  const proof = await takeProof(ctx, { id });
  const userId = await signInAs(ctx, proof);
  const told = (what: string) => `/accounts?${new URLSearchParams({ told: what })}`;
  if (!proof.connects) return problem === null ? back : told(problem);
  const actor = await actorOf(ctx, userId, null);
  if (actor === null) return back;
  try {
    const member: MemberContext & BrowserContext = { ...ctx, actor };
    await connectProven(member, { id });
    return back;
  } catch (error) {
    const why = problemOf(error);
    if (why === null) throw error;
    return told(why);
  }
}
