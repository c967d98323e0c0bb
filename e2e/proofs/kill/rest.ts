import { HOUR } from '@secateur/base';
import type { SandboxControl } from '@secateur/sandbox';
import type { Asker } from '../shared/database.ts';
import { until } from '../shared/until.ts';

type State = { left: number; waiting: number };

/**
 * Waits until nothing is wanted any more. What waits for an account's hourly budget is not waited for: the network's
 * clock, which the workers live by, goes on by an hour.
 */
export async function restUntilDone(asker: Asker, control: SandboxControl, say: (text: string) => void): Promise<void> {
  let before = '';
  await until(
    'everything is done',
    180,
    async () => {
      const [state] = await asker.ask<State>(
        `SELECT (SELECT sum(pending)::int FROM shield_connections) AS left,
                (SELECT count(*)::int FROM network_accounts WHERE waiting IS NOT NULL AND holder IS NULL) AS waiting`,
      );
      if (!state || state.left === 0) return true;
      const now = JSON.stringify(state);
      if (now === before && state.waiting > 0) {
        say(`${state.left} left; ${state.waiting} accounts wait: the clock goes on by an hour`);
        await control.advance(HOUR);
      }
      before = now;
      return false;
    },
    2_500,
  );
}
