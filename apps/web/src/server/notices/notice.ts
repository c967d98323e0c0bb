import type { Deed } from '../step-up/policy.ts';

/** What somebody is told of by mail, because a stranger may have done it. */
export type Notice =
  | { about: 'newDevice'; browser: string; system: string }
  | { about: 'passkeyAdded' | 'passkeyRemoved' | 'passkeySuspect' | 'contactChanged' | 'contactRemoved' }
  | { about: 'wayAdded' | 'wayRemoved' }
  | { about: 'recoveryUsed'; left: number }
  /** The link is for the second contact alone: whoever reads the first mailbox may be whom the passkey keeps out. */
  | { about: 'firstPasskey'; link: string }
  /** `secondLink` is the second contact's; null where they may not stop it once more. */
  | { about: 'pending'; deed: Deed; readyAt: Date; link: string; secondLink: string | null }
  | { about: 'addressChanged'; link: string }
  | { about: 'addressRestored' };
