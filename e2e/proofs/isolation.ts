/**
 * `prove:isolation`: every procedure and every route of the web app that was built, times everybody who might ask: nobody
 * sees or does what is not theirs.
 */
import { BUGS, proveIsolation, ROUNDS } from './isolation/run.ts';
import { readFlags } from './shared/flags.ts';
import { conclude, say } from './shared/say.ts';

const { bug } = readFlags({}, BUGS);
conclude(await proveIsolation({ bug, rounds: ROUNDS, say }));
