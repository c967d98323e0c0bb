import type { Site } from '../site.ts';
import { type Call, countIn, placeIn, signedIn } from './call.ts';
import { setFollow } from './follows.ts';
import { personById, type XPerson } from './people.ts';
import { forbidden, invalid, notEnrolled, notFound } from './problem.ts';
import { page } from './users.ts';

type Action = 'block' | 'mute';

/** GET /2/users/:id/blocking and muting: newest first, of whoever asks only. */
export function heldBy(action: Action) {
  return (call: Call): object => {
    const viewer = self(call, `${action}.read`);
    const count = countIn(call, 1, 100, 1_000);
    const from = placeIn(call);
    const refs = [...call.site.state.x.held(action, viewer.ref)]
      .toSorted(([, a], [, b]) => b.order - a.order)
      .map(([ref]) => ref);
    return page(call, viewer, refs.slice(from, from + count), from + count < refs.length ? from + count : null, action);
  };
}

/** POST /2/users/:id/blocking and muting: as often as one likes. */
export function create(action: Action) {
  return (call: Call): object => {
    const viewer = self(call, `${action}.write`);
    const target = call.body.target_user_id;
    if (typeof target !== 'string') throw invalid('`target_user_id` is missing');
    return change(call, action, viewer, target, true);
  };
}

/** DELETE /2/users/:source_user_id/blocking/:target_user_id and muting. */
export function remove(action: Action) {
  return (call: Call): object => change(call, action, self(call, `${action}.write`), call.path[1] ?? '', false);
}

function change(call: Call, action: Action, viewer: XPerson, target: string, on: boolean): object {
  const { site } = call;
  if (action === 'block' && !site.state.x.app.enterprise) throw notEnrolled();
  const other = personById(site, target);
  call.owed.push({
    kind: on ? 'interaction' : action === 'mute' ? 'mute-delete' : 'interaction-delete',
    resources: null,
  });
  if (other === null || other.status === 'deleted')
    return { errors: [notFound({ value: target, by: 'id', kind: 'user', parameter: 'target_user_id' })] };
  if (on && other.status === 'suspended') throw forbidden();
  if (other.ref !== viewer.ref) setHeld(site, action, viewer.ref, other.ref, on, false);
  return { data: action === 'block' ? { blocking: on } : { muting: on } };
}

/** Makes it so, by hand or by an app. A block ends follows both ways. */
export function setHeld(site: Site, action: Action, by: number, subject: number, on: boolean, hand: boolean): void {
  site.record({ t: action === 'block' ? 'x-block' : 'x-mute', by, subject, on, hand });
  if (action !== 'block' || !on) return;
  setFollow(site, by, subject, false);
  setFollow(site, subject, by, false);
}

/** Whoever asks, about themselves. */
function self(call: Call, scope: string): XPerson {
  const viewer = signedIn(call, scope);
  if (call.path[0] !== viewer.id)
    throw invalid('The `id` query parameter value must be the same as the authenticating user');
  return viewer;
}
