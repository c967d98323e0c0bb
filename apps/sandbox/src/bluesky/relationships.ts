import { type Person, personByName } from '../state/people.ts';
import type { State } from '../state/state.ts';
import { invalid } from './errors.ts';
import { type Method, requiredParam } from './method.ts';
import { standing } from './views.ts';

const MOST_OTHERS = 30;

/** app.bsky.graph.getRelationships: how up to 30 others stand to one actor; needs nobody's credentials. */
export const getRelationships: Method = {
  verb: 'GET',
  pds: false,
  run: (call) => {
    const { state } = call.site;
    const others = call.params.getAll('others');
    if (others.length > MOST_OTHERS) throw invalid(`Error: others must not have more than ${MOST_OTHERS} elements`);
    const actor = personByName(state, requiredParam(call, 'actor'));
    return {
      ...(actor === null ? {} : { actor: actor.did }),
      relationships: others.map((other) => relationship(state, actor, other)),
    };
  },
};

function relationship(state: State, actor: Person | null, other: string): object {
  const person = actor === null ? null : personByName(state, other);
  if (actor === null || person === null)
    return { $type: 'app.bsky.graph.defs#notFoundActor', actor: other, notFound: true };
  const blockedBy = standing(state, person.did, actor.did).blocking;
  return {
    $type: 'app.bsky.graph.defs#relationship',
    did: person.did,
    ...standing(state, actor.did, person.did),
    ...(blockedBy === undefined ? {} : { blockedBy }),
  };
}
