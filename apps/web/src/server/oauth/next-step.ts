import { setTimeout as pause } from 'node:timers/promises';
import { problemOf, Refusal } from '@secateur/base';
import { type BrowserContext, connectProven, type Proof, takeProof, viewFlow } from '@secateur/core/oauth';
import type { FlowView } from '@secateur/core/oauth/schemas';
import { actorOf } from '@secateur/core/tenants';
import { admitOwner, isOwner } from '../sign-in/by-network.ts';
import type { LiveSession } from '../sign-in/live-session.ts';
import type { SetCookie } from '../sign-in/own-cookies.ts';
import { safePath } from '../sign-in/safe-path.ts';
import type { SignInContext, Visitor } from '../sign-in/start-session.ts';
import { type StepContext, whenFresh } from '../step-up/fresh.ts';
import { placeOf } from '../step-up/place.ts';
import { addWay } from '../ways/add.ts';

/** What a page that waits is to do: ask again, go somewhere, or say what went wrong. */
export type Step = { go: string } | { problem: string; connects: boolean; links?: boolean } | { wait: true };

/** The browser that waits: who is signed in with it, if anybody, and how it is given cookies. */
export type Waiting = BrowserContext &
  SignInContext & {
    visitor: Visitor;
    session: (StepContext['session'] & Pick<LiveSession, 'userId' | 'actingIn'>) | null;
    setCookies(cookies: readonly SetCookie[]): Promise<void>;
  };

/** Milliseconds that an answer may take, and between two looks at the row. */
const PATIENCE = 8_000;
const EVERY = 120;

/**
 * What comes next for a browser on its way to its network and back; waits a few seconds for it to come. Who has proven to own
 * an account is let in by it, once. If they consented to that, the account is connected when they are in.
 */
export async function nextStep(ctx: Waiting, id: string, gone: AbortSignal): Promise<Step> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const flow = await viewFlow(ctx, { id });
    const step = await stepFrom(ctx, flow);
    if (step !== null) return step;
    if (performance.now() > until || gone.aborted) return { wait: true };
    await pause(EVERY);
  }
}

/** Null: there is nothing to do yet. */
async function stepFrom(ctx: Waiting, flow: FlowView): Promise<Step | null> {
  switch (flow.state) {
    case 'going':
      return null;
    case 'send':
      return { go: flow.url ?? safePath(flow.back) };
    case 'proven':
      return letInOrSay(ctx, flow);
    case 'let-in':
      return keep(ctx, flow);
    case 'done':
      return { go: safePath(flow.back) };
    case 'refused':
      // They are in all the same: the page with the accounts says why this one is not.
      if (flow.nativeId !== null && flow.problem !== null) return { go: told(flow.problem) };
      return { problem: flow.problem ?? 'sign_in_stale', connects: flow.connects, links: flow.links };
  }
}

/** Of one more way in it is said here why not; who comes in anew is told by their page. */
async function letInOrSay(ctx: Waiting, flow: FlowView): Promise<Step> {
  try {
    return { go: await letIn(ctx, flow) };
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null || !flow.links) throw error;
    return { problem, connects: false, links: true };
  }
}

/** Back here, where there is something to connect once they are in. */
async function letIn(ctx: Waiting, { id, problem, back }: FlowView): Promise<string> {
  const proof = await takeProof(ctx, { id });
  if (proof.linksTo !== null) return link(ctx, proof.linksTo, proof);
  const then = proof.connects ? `/network/${id}` : problem === null ? safePath(back) : told(problem);
  const { cookies, to } = await admitOwner(ctx, proof, ctx.visitor, then);
  await ctx.setCookies(cookies);
  return to;
}

/** One more way in for whoever began it, and for nobody else who sits at that browser by now. */
async function link(ctx: Waiting, userId: string, proof: Proof): Promise<string> {
  if (ctx.session?.userId !== userId) throw new Refusal('sign_in_stale');
  const own = { ...ctx, user: { id: userId }, session: ctx.session };
  // The day that it may have taken is used up only now: on the way here it could go wrong, or be stopped.
  await whenFresh({ ...own, tenantId: await placeOf(own, 'ways') }, 'ways', () => addWay(ctx, userId, proof));
  return safePath(proof.back);
}

/** Connects what its owner, who is in by now, has consented to. */
async function keep(ctx: Waiting, { id, network, nativeId, back }: FlowView): Promise<Step | null> {
  const { session, prisma } = ctx;
  const actor = session && (await actorOf(ctx, session.userId, session.actingIn));
  if (!actor || nativeId === null || !(await isOwner(prisma, actor.userId, { network, nativeId })))
    return { go: safePath(back) };
  try {
    await connectProven({ ...ctx, actor }, { id });
    return null;
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    // Another tab of theirs was first.
    return problem === 'sign_in_stale' ? null : { go: told(problem) };
  }
}

function told(what: string): string {
  return `/accounts?${new URLSearchParams({ told: what })}`;
}
