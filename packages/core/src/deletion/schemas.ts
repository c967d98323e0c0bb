import { z } from 'zod';

/** Inputs and views of deletions. Safe for the browser. */

/** Days in which nothing is undone yet, so that who asked in a bad hour, or was not the owner at all, loses nothing. */
export const WAIT_DAYS = 7;
/** Days within which everything is gone, whatever a network does. */
export const WITHIN_DAYS = 30;

/** What becomes of the blocks and mutes that still stand: all lifted once the week is over, or all kept for ever. */
export const DELETION_BLOCKS = ['now', 'keep'] as const;
export type DeletionBlocks = (typeof DELETION_BLOCKS)[number];

/** `name` is the tenant's, typed by whoever asks: nobody deletes another one than they think. */
export const askDeletionInput = z.object({ name: z.string().trim().max(80), blocks: z.enum(DELETION_BLOCKS) });
export const receiptInput = z.object({ token: z.string().min(20).max(100) });

/** A deletion that was asked for, as the members see it until the keys are destroyed. */
export type DeletionView = {
  askedAt: Date;
  blocks: DeletionBlocks;
  /** Nothing is undone yet, or accounts are being let go. */
  stage: 'waits' | 'leaves';
  /** When the week ends in which nothing is undone. */
  leaveAt: Date;
  dueAt: Date;
  /** Accounts that are not gone yet. */
  accounts: number;
  /** While they are being let go: blocks and mutes of ours that still stand on them. */
  held: number;
  /** Since when some of these can't be lifted, and when they will be kept; null while there is hope. */
  stuck: { since: Date; keepAt: Date } | null;
  /** Whether who looks may call it off. */
  mine: boolean;
};

/** What is shown to whoever holds the link, also when there is nothing else left. */
export type ReceiptView = {
  askedAt: Date;
  blocks: DeletionBlocks;
  dueAt: Date;
  /** Blocks and mutes of ours that stay on their networks; null until that is known. */
  kept: number | null;
  shredded: { at: Date; keys: number; accounts: number; digest: string } | null;
  erased: { at: Date; rows: number } | null;
};
