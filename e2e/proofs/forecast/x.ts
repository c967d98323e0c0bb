import { HOUR } from '@secateur/base';
import { listConnections } from '@secateur/core/connections';
import { getPreview } from '@secateur/core/shields';
import { getSpending, setSpendingCap } from '@secateur/core/spending';
import { connectByConsent } from '@secateur/core/testing';
import type { Server } from '../shared/database.ts';
import { type Watched, watch } from './claim.ts';
import { raised } from './claims-of.ts';
import { openStage } from './stage.ts';

const password = 'a-password';
/** Cents of one: listed; asked about, muted and let go again. */
const LISTED = 1;
const EACH = 3;
const MICRO_PER_CENT = 10_000;

/** A crowd on X for half of which this month's cap is enough; the month ends so many hours later. */
export async function onX(
  server: Server,
  {
    followers,
    hoursLeft,
    hold,
    say,
  }: { followers: number; hoursLeft: number; hold: '1d' | '3d'; say(text: string): void },
): Promise<Watched> {
  const today = new Date();
  const began = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1) - hoursLeft * HOUR;
  const stage = await openStage(server, 'on_x', {
    began,
    world: [
      {
        do: 'add-x-accounts',
        accounts: [
          { username: 'me', password },
          { username: 'loud', followers },
        ],
      },
    ],
  });
  try {
    const { life } = stage;
    await connectByConsent(life, { handle: 'me', password });
    const connectionIds = (await listConnections(stage.member)).map(({ id }) => id);
    const cap = async (cents: number) => setSpendingCap(life.member, { cents });
    await cap(followers * LISTED + 1_000);
    const { id } = await life.preview({
      sources: [{ kind: 'followers', network: 'x', query: '@loud' }],
      connectionIds,
      action: 'mute',
      hold,
    });
    await life.drain.run();
    const { toDo } = await getPreview(stage.member, { id });
    const { spent } = await getSpending(stage.member);
    await cap(Math.ceil(spent / MICRO_PER_CENT) + Math.ceil(toDo / 2) * EACH);
    say(`x: ${toDo} to mute, money for half of them`);
    const { held } = life.sandbox.control.x;
    const claims = await raised(stage, {
      id,
      name: 'x',
      meant: followers,
      held: async () => (await held('me')).mutes.filter(({ by }) => by === 'app').length,
    });
    return await watch(stage, claims, say);
  } finally {
    await stage.close();
  }
}
