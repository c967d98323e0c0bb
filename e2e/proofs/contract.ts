/**
 * `prove:contract`: the contract suite for each adapter and server: all adapters on the sandbox, Bluesky's on the real servers, and
 * Mastodon's on a real one that speaks a part of the API, with what it lacks stated.
 */
import { proveContract } from './contract/run.ts';
import { readFlags } from './shared/flags.ts';
import { conclude, say } from './shared/say.ts';

readFlags({});
conclude(await proveContract({ say }));
