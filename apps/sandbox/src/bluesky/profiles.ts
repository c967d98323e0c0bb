import { personByName } from '../state/people.ts';
import { invalid } from './errors.ts';
import { type Method, requiredParam, viewerOf } from './method.ts';
import { profileViewDetailed } from './views.ts';

const MOST_PROFILES = 25;

/** app.bsky.actor.getProfile. */
export const getProfile: Method = {
  verb: 'GET',
  pds: false,
  run: (call) => {
    const viewer = viewerOf(call);
    const person = personByName(call.site.state, requiredParam(call, 'actor'));
    if (person === null || person.status === 'deleted') throw invalid('Profile not found');
    if (person.status === 'deactivated') throw invalid('Account is deactivated', 'AccountDeactivated');
    if (person.status === 'suspended') throw invalid('Account has been suspended', 'AccountTakedown');
    return profileViewDetailed(call.site.state, person, viewer);
  },
};

/** app.bsky.actor.getProfiles: leaves out whomever it can't show. */
export const getProfiles: Method = {
  verb: 'GET',
  pds: false,
  run: (call) => {
    const viewer = viewerOf(call);
    const actors = call.params.getAll('actors');
    if (actors.length > MOST_PROFILES) throw invalid(`Error: actors must not have more than ${MOST_PROFILES} elements`);
    const { state } = call.site;
    const people = actors.map((actor) => personByName(state, actor));
    return {
      profiles: people.flatMap((p) => (p?.status === 'active' ? [profileViewDetailed(state, p, viewer)] : [])),
    };
  },
};
