import type { Command } from '../control/command.ts';

export const VICTIM = 'victim.sandbox.test';
export const TROLL = 'troll.sandbox.test';
export const PASSWORD = 'pass-word';

/** A victim who can sign in, and a troll with 250 followers. */
export const SMALL_WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [
      { handle: VICTIM, password: PASSWORD, followers: 5 },
      { handle: TROLL, followers: 250 },
    ],
  },
];
