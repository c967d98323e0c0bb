import { setTimeout as pause } from 'node:timers/promises';
import { MINUTE } from '@secateur/base';
import { CALM_RULES } from '@secateur/core/exemptions/policy';
import { around } from '@secateur/core/testing';
import { mutate } from './front.ts';
import { connectionsOf, MOST, mend } from './life.ts';
import type { Stage } from './stage.ts';

/** Milliseconds between two things that somebody does. */
const EVERY = 250;
/** How often an access token runs out before its time. */
const EXPIRING = 0.3;

/**
 * Keeps every account busy: shields are raised, tokens run out and are renewed, passwords are given again. Settles when told to
 * stop. Throws what no member should ever see.
 */
export function keepBusy(stage: Stage): { stop(): Promise<number> } {
  const { front, relay, random, control } = stage;
  let stopped = false;
  let deeds = 0;
  relay.expire(EXPIRING);
  const run = async () => {
    while (!stopped) {
      const connections = await connectionsOf(stage);
      const ready = connections.filter((one) => one.state === 'ready').map((one) => one.id);
      const deed = random();
      if (deed < 0.4) await mend(stage);
      else if (deed < 0.7 && ready.length > 0) await reconnectOne(stage, ready);
      else await raiseOne(stage, ready);
      deeds += 1;
      await control.advance(MINUTE);
      await pause(EVERY);
    }
  };
  const running = run();
  // Judged when it is awaited.
  running.catch(() => {});
  return {
    async stop() {
      stopped = true;
      await running;
      relay.expire(0);
      return deeds;
    },
  };

  async function reconnectOne({ accounts }: Stage, ready: string[]): Promise<void> {
    const id = ready[Math.floor(random() * ready.length)];
    const handle = (await connectionsOf(stage)).find((one) => one.id === id)?.handle;
    const password = accounts.find((one) => one.handle === handle)?.password;
    if (password !== undefined) await mutate(front, 'connections.reconnect', { id, password });
  }

  /** What can't be raised, since an account broke off in the meantime, is raised another time. */
  async function raiseOne(of: Stage, ready: string[]): Promise<void> {
    if (ready.length === 0) return;
    const from = Math.floor(random() * Math.max(1, ready.length - MOST + 1));
    const connectionIds = ready.slice(from, from + MOST);
    const sources = around(of.harasser(), { followers: false });
    const input = { sources, threshold: 1, connectionIds, action: random() < 0.5 ? 'block' : 'mute', hold: '6w' };
    const crowd = {
      ...CALM_RULES,
    };
    const made = await mutate<{ id: string }>(front, 'shields.startPreview', { ...input, ...crowd }).catch(() => null);
    if (made === null) return;
    for (let tries = 0; tries < 20; tries += 1) {
      await pause(EVERY);
      if (await mutate(front, 'shields.raise', made).catch(() => null)) return;
    }
  }
}
