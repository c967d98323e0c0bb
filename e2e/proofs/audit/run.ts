import type { Server } from '../shared/database.ts';
import { randomOf } from '../shared/random.ts';
import type { Finding } from '../shared/say.ts';
import { live } from './past.ts';
import { openStage, verify } from './stage.ts';
import { storm } from './storm.ts';
import { tamper } from './tamper.ts';

export type AuditOptions = {
  tamperings: number;
  tenants: number;
  minutes: number;
  kills: number;
  crashes: number;
  seed: number;
  bug: 'no-anchor' | null;
  say(text: string): void;
};

/** Tampers with a trail in every way there is and asks whether it is found; then lets everything crash, and it must not be. */
export async function proveAudit(server: Server, options: AuditOptions): Promise<Finding> {
  const { tamperings, tenants, minutes, kills, crashes, seed, bug, say } = options;
  const past = await openStage(server, 'audit', tenants, bug);
  const figures: Record<string, unknown> = {};
  try {
    await live(past, randomOf(`audit ${seed}`), minutes);
    const { rows, links, entries, faults } = await verify(past);
    say(`${rows} rows in ${links} links, ${entries} entries; ${faults} faults before anybody tampered`);
    const tampered = await tamper(past, { tamperings, seed, say });
    Object.assign(figures, { rows, links, entries: Number(entries), ...tampered });
    const broke = first({
      'every tampering older than the anchor is found': tampered.found === tamperings,
      'it is found in the trail that it was done to': tampered.misplaced.length === 0,
      'an untouched trail is found whole': faults + tampered.alarms === 0,
    });
    if (broke !== null) return { figures, broke };
  } finally {
    await past.close();
  }
  const present = await openStage(server, 'storm', tenants, null);
  try {
    const seen = await storm(server, present, { kills, crashes, seed, say });
    Object.assign(figures, { storm: seen });
    const broke = first({
      'crashes, stalls and erasures are not taken for tampering': seen.alarms.length === 0,
      'no row that was acknowledged is lost': seen.rows >= seen.acknowledged,
      'every row is anchored': seen.anchored === seen.rows,
    });
    return { figures, broke };
  } finally {
    await present.close();
  }
}

function first(promises: Record<string, boolean>): string | null {
  return Object.entries(promises).find(([, holds]) => !holds)?.[0] ?? null;
}
