import type { Site } from '../site.ts';
import { type Call, signedIn, subjectOf } from './call.ts';
import { setFollow } from './follows.ts';
import { relationshipView } from './views.ts';

/** POST /api/v1/accounts/:id/block and unblock: as often as one likes. A block ends follows both ways, for good. */
export function block(on: boolean) {
  return (call: Call): object => {
    const { site, server } = call;
    const by = signedIn(call, 'write:blocks');
    const subject = subjectOf(call);
    if (by.ref !== subject.ref) setBlock(site, by.ref, subject.ref, on, false);
    return relationshipView(site, server, by, subject);
  };
}

/** POST /api/v1/accounts/:id/mute and unmute. A repeated mute takes the new duration; 0 is for ever. */
export function mute(on: boolean) {
  return (call: Call): object => {
    const { site, server, body } = call;
    const by = signedIn(call, 'write:mutes');
    const subject = subjectOf(call);
    const seconds = Number(body.duration ?? 0);
    const until = on && seconds > 0 ? site.clock.now() + seconds * 1_000 : null;
    if (by.ref !== subject.ref) setMute(site, by.ref, subject.ref, on, { hand: false, until });
    return relationshipView(site, server, by, subject);
  };
}

/** Makes a block so, by hand or by an app. */
export function setBlock(site: Site, by: number, subject: number, on: boolean, hand: boolean): void {
  site.record({ t: 'fedi-block', by, subject, on, hand, at: site.clock.now() });
  if (!on) return;
  setFollow(site, by, subject, false);
  setFollow(site, subject, by, false);
}

/** Makes a mute so, by hand or by an app. */
export function setMute(
  site: Site,
  by: number,
  subject: number,
  on: boolean,
  { hand, until }: { hand: boolean; until: number | null },
): void {
  site.record({ t: 'fedi-mute', by, subject, on, hand, at: site.clock.now(), until });
}
