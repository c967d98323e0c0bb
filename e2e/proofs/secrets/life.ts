import { setTimeout as pause } from 'node:timers/promises';
import { MINUTE } from '@secateur/base';
import type { ConnectionView } from '@secateur/core/connections';
import { CALM_RULES } from '@secateur/core/exemptions/policy';
import type { ShieldView } from '@secateur/core/shields/schemas';
import { around } from '@secateur/core/testing';
import { ask, mutate } from './front.ts';
import type { Stage } from './stage.ts';

/** Seconds that anything may take to come about. */
const PATIENCE = 120;

export const connectionsOf = (stage: Stage) => ask<ConnectionView[]>(stage.front, 'connections.list', null);

/** Waits until it is so while the pretend network's time goes by quickly, doing `meanwhile` at every look. */
export async function comes(stage: Stage, what: string, so: () => Promise<boolean>, meanwhile = async () => {}) {
  const end = performance.now() + PATIENCE * 1_000;
  while (!(await so())) {
    if (performance.now() > end) throw new Error(`waited ${PATIENCE} s in vain: ${what}\n${complaints(stage)}`);
    await meanwhile();
    await stage.control.advance(MINUTE);
    await pause(200);
  }
}

/** The last things that workers complained of. */
function complaints({ fleet }: Stage): string {
  const lines = fleet.printed().toString().split('\n');
  return lines
    .filter((line) => /"level":[4-6]0/.test(line))
    .slice(-20)
    .join('\n');
}

/** Gives the password again to every connection that does not work, or is not there. */
export async function mend(stage: Stage): Promise<void> {
  const known = await connectionsOf(stage);
  for (const { handle, password } of stage.accounts) {
    const connection = known.find((one) => one.handle === handle);
    if (connection === undefined || connection.state === 'refused') {
      await mutate(stage.front, 'connections.connect', { network: 'bluesky', handle, password });
    } else if (connection.state === 'revoked') {
      await mutate(stage.front, 'connections.reconnect', { id: connection.id, password });
    }
  }
}

/** Until every account is connected and works. */
export async function allReady(stage: Stage): Promise<void> {
  await comes(
    stage,
    'every account is connected',
    async () => {
      const ready = (await connectionsOf(stage)).filter((one) => one.state === 'ready').map((one) => one.handle);
      return stage.accounts.every(({ handle }) => ready.includes(handle));
    },
    () => mend(stage),
  );
}

/**
 * How often a member may try anything is not what is shown here, and nobody is as busy as a proof: every try counts as the
 * first.
 */
export async function liftLimits(admin: Stage['admin']): Promise<void> {
  await admin.query(`
    CREATE FUNCTION proof.first() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.points := 1; RETURN NEW; END $$;
    CREATE TRIGGER proof_lifts BEFORE INSERT OR UPDATE ON rate_limits FOR EACH ROW EXECUTE FUNCTION proof.first();`);
}

/** Raises a shield against one person on these connections. */
export async function shield(stage: Stage, action: 'block' | 'mute', connectionIds: string[]): Promise<string> {
  const wanted = {
    sources: around(stage.harasser(), { followers: false }),
    threshold: 1,
    connectionIds,
    action,
    hold: '6w',
    ...CALM_RULES,
  };
  let id = '';
  // An account may break off at any moment.
  const begun = async () => {
    const made = await mutate<{ id: string }>(stage.front, 'shields.startPreview', wanted).catch((error: Error) => {
      if (!error.message.includes('connection_revoked')) throw error;
    });
    id = made?.id ?? '';
    return id !== '';
  };
  await comes(stage, 'a preview is begun', begun, () => mend(stage));
  await comes(stage, 'the preview is ready', async () => {
    const preview = await ask<{ state: string; problem: string | null }>(stage.front, 'shields.preview', { id });
    if (preview.state === 'failed') throw new Error(`the preview: ${preview.problem}`);
    return preview.state === 'ready';
  });
  const raised = () =>
    mutate(stage.front, 'shields.raise', { id }).then(
      () => true,
      () => false,
    );
  await comes(stage, 'the shield is raised', raised, () => mend(stage));
  return id;
}

/** Until every account has done its part of it. */
export async function done(stage: Stage, id: string): Promise<void> {
  await comes(
    stage,
    'every account has done its part of a shield',
    async () => {
      const { counts } = await ask<ShieldView>(stage.front, 'shields.get', { id });
      return counts.total > 0 && counts.done + counts.failed === counts.total;
    },
    () => mend(stage),
  );
}

/** Accounts that one shield may have. */
export const MOST = 20;

/** Shields on all accounts together, from their previews until all have done it. */
export async function actEverywhere(stage: Stage, action: 'block' | 'mute'): Promise<void> {
  await allReady(stage);
  const ids = (await connectionsOf(stage)).map((one) => one.id);
  for (let from = 0; from < ids.length; from += MOST) {
    await done(stage, await shield(stage, action, ids.slice(from, from + MOST)));
  }
}
