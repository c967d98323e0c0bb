import { newId, Refusal } from '@secateur/base';
import { type SharedTx, type Tx, withTenant } from '@secateur/db';
import type { Action, NetworkName } from '@secateur/networks/port';
import { enqueue } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { asBrowser, type BrowserContext } from './browser.ts';
import { sendOffJob } from './jobs.ts';
import { type AccountCrowd, connectFlowInput, linkFlowInput, signInFlowInput } from './schemas.ts';

/** Everything that Secateur does for an account; nothing when it is only to learn whose it is. */
const ALL: Action[] = ['block', 'mute'];

/** Begins to sign somebody in at their own network, and to connect the account if they want that. */
export async function beginSignIn(ctx: BrowserContext, raw: unknown): Promise<{ id: string }> {
  const { network, account, connect, back } = signInFlowInput.parse(raw);
  return ctx.prisma.$transaction((tx) =>
    begin(tx, ctx, {
      network,
      account,
      rights: connect ? ALL : [],
      crowds: [],
      back,
      keepIn: null,
      askedBy: null,
      connectionId: null,
    }),
  );
}

/**
 * Begins to prove an account that a user who is signed in wants to sign in with, too. It asks for no rights. Whoever calls this
 * has seen to it that they are who they are: see the web app's step up.
 */
export async function beginLinking(ctx: BrowserContext, userId: string, raw: unknown): Promise<{ id: string }> {
  const { network, account, back } = linkFlowInput.parse(raw);
  return ctx.prisma.$transaction((tx) =>
    begin(tx, ctx, {
      network,
      account,
      rights: [],
      crowds: [],
      back,
      keepIn: null,
      askedBy: userId,
      connectionId: null,
    }),
  );
}

/** Begins to connect an account, or to let one in again, for a member who is signed in. */
export async function beginConnecting(ctx: MemberContext & BrowserContext, raw: unknown): Promise<{ id: string }> {
  demand(ctx, 'connections');
  const input = connectFlowInput.parse(raw);
  const { tenantId, userId } = ctx.actor;
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const renewed = 'connectionId' in input ? input.connectionId : null;
    const named = 'connectionId' in input ? await heldBy(tx, tenantId, input.connectionId) : input;
    await auditMember(tx, ctx, {
      action: renewed === null ? 'connection.requested' : 'connection.renewing',
      subjectId: renewed,
    });
    return begin(tx, ctx, {
      network: named.network,
      account: named.account,
      rights: ALL,
      crowds: 'connectionId' in input ? input.crowds : [],
      back: input.back,
      keepIn: tenantId,
      askedBy: userId,
      connectionId: renewed,
    });
  });
}

/** The account of a connection, as it is named at its network. */
async function heldBy(tx: Tx, tenantId: string, id: string): Promise<Pick<Begun, 'network' | 'account'>> {
  const found = await tx.connection.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (!found) throw new Refusal('not_found');
  return { network: found.network, account: found.handle };
}

type Begun = {
  network: NetworkName;
  account: string;
  rights: Action[];
  crowds: AccountCrowd[];
  back: string;
  keepIn: string | null;
  askedBy: string | null;
  connectionId: string | null;
};

async function begin(tx: SharedTx, ctx: BrowserContext, flow: Begun): Promise<{ id: string }> {
  const browser = await asBrowser(tx, ctx);
  const id = newId();
  // Ten minutes of real time: long enough to find a password, short enough for a shared computer.
  await tx.$executeRaw`
    INSERT INTO oauth_flows (id, network, account, rights, crowds, browser, stage, back, keep_in, asked_by, connection_id, expires_at)
    VALUES (${id}::uuid, ${flow.network}::network, ${flow.account}, ${flow.rights}::action[], ${flow.crowds}::source_kind[], ${browser}, 'asked', ${flow.back},
            ${flow.keepIn}::uuid, ${flow.askedBy}::uuid, ${flow.connectionId}::uuid, clock_timestamp() + interval '10 minutes')`;
  await enqueue(tx, sendOffJob, { flowId: id });
  return { id };
}
