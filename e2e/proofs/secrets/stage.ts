import type { SandboxControl } from '@secateur/sandbox';
import type pg from 'pg';
import type { Canaries } from './canaries.ts';
import type { ConsentTraffic } from './consent-traffic.ts';
import type { Front } from './front.ts';
import type { Relay } from './relay.ts';
import type { Fleet } from './workers.ts';

/** An account on the pretend network that the member connects. */
export type Account = { handle: string; did: string; password: string };

/** What a run plays on. */
export type Stage = {
  admin: pg.Pool;
  control: SandboxControl;
  relay: Relay;
  traffic: ConsentTraffic;
  front: Front;
  fleet: Fleet;
  canaries: Canaries;
  accounts: Account[];
  /** Those who connect theirs by consent at its own server. */
  consenting: Account[];
  /** Those who sign in by consent and have theirs connected by the same. */
  newcomers: Account[];
  /** Somebody whom nobody blocked yet. */
  harasser(): string;
  random(): number;
  say(text: string): void;
};
