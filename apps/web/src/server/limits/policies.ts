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
  /** Previews by one member. Each lists a crowd, and costs everybody's share of what a network allows our address. */
  previewBy: { times: 40, within: 10 * MINUTE },
  /** Previews by all members of a tenant together. */
  previewIn: { times: 100, within: 10 * MINUTE },
} as const satisfies Record<string, Policy>;
export type PolicyName = keyof typeof POLICIES;
