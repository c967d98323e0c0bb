import { DAY, HOUR, MINUTE } from '@secateur/base';

/** How often something may be tried: so many times within so many milliseconds from the first. */
export type Policy = { times: number; within: number };

/** Every limit there is, with its reason. What a network allows is none of these: see `budgets` in core. */
export const POLICIES = {
  /**
   * Links to one mailbox. A link works for an hour, so whoever has asked five times has one that works; more would fill
   * a stranger's mailbox.
   */
  linkTo: { times: 5, within: HOUR },
  /** Links asked for from one address. A newsroom may sit behind one; somebody who tries mailboxes tries hundreds. */
  linkFrom: { times: 60, within: HOUR },
  /** Mails that one tenant has us send to people who never asked: invitations. A helpline may have that many people. */
  mailFrom: { times: 60, within: DAY },
  /** Mails to one mailbox of somebody who never asked, from everybody together: invitations, and questions to a new address. */
  mailTo: { times: 10, within: DAY },
  /** Receipts asked for from one address. A token is 256 bits, so this is about our work, not about guessing. */
  receiptFrom: { times: 60, within: HOUR },
  /** Links to shared lists that one member opens. A token is 256 bits, so this is about our work, not about guessing. */
  listBy: { times: 60, within: HOUR },
  /**
   * Appeals from one address. Somebody caught by mistake writes one for each account of theirs, and others may sit behind the
   * same address; a list's author has twenty at a time at most, whoever writes them.
   */
  appealFrom: { times: 20, within: HOUR },
  /** Previews by one member. Each lists a crowd, and costs everybody's share of what a network allows our address. */
  previewBy: { times: 40, within: 10 * MINUTE },
  /**
   * Passkeys asked for or shown at the door from one address, where nobody is anybody yet. Each writes a row and checks a
   * signature; a newsroom that begins its day behind one address needs two a person.
   */
  doorFrom: { times: 120, within: 10 * MINUTE },
  /** Recovery codes from one address. One user's are counted besides, and hold 10 an hour: see `recovery`. */
  codeFrom: { times: 30, within: HOUR },
  /** Passkeys shown to confirm something, and ways to do so asked for, by one user. */
  confirmBy: { times: 40, within: 10 * MINUTE },
  /** Links to confirm something, by one user: more would fill their own mailbox, or hide another mail in it. */
  confirmLinkBy: { times: 10, within: HOUR },
  /** Passkeys made or changed, and recovery codes made, by one user. */
  passkeysBy: { times: 40, within: 10 * MINUTE },
  /** People sent to their network's server from one address, not signed in. Each costs that server three requests of ours. */
  consentFrom: { times: 60, within: 10 * MINUTE },
  /** The same by one user who is signed in. */
  consentBy: { times: 20, within: 10 * MINUTE },
  /** App passwords tried by all members of a tenant together: nobody finds one by trying here. */
  connectIn: { times: 20, within: 10 * MINUTE },
  /** The same by one user, in whichever tenants: who makes twenty of them tries no more often. */
  connectBy: { times: 20, within: 10 * MINUTE },
  /** Previews by all members of a tenant together. */
  previewIn: { times: 100, within: 10 * MINUTE },
  /** Files brought by one member. Each may have 50,000 lines, and each line may ask a network something. */
  uploadBy: { times: 20, within: HOUR },
} as const satisfies Record<string, Policy>;

/**
 * Calls by one session, in each web process. A screen makes seven at once, and one that is told of every change asks for some of
 * them again; ten a second for a whole minute is nobody who reads.
 */
export const CALLS: Policy = { times: 600, within: MINUTE };
export type PolicyName = keyof typeof POLICIES;
