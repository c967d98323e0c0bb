import { z } from 'zod';

/** Inputs and views of files that members bring. Safe for the browser. */

export const uploadInput = z.object({
  name: z.string().trim().min(1).max(200),
  network: z.enum(['bluesky', 'mastodon', 'x']),
  /** Its bytes. How many there may be is said once they are read. */
  data: z.base64().max(4 * 1024 * 1024),
});
export const uploadRef = z.object({ id: z.uuid() });

/** Most lines shown that name no account, or one that there is not. */
export const MOST_FAULTS = 20;

export type UploadView = {
  id: string;
  name: string;
  network: 'bluesky' | 'mastodon' | 'x';
  /** Lines with anything in them, and those of them that name an account. */
  lines: number;
  readable: number;
  /** Accounts found so far, and whether all lines have been looked up. */
  size: number;
  complete: boolean;
  /** Lines that name an account that there is not, so far. */
  unknown: number;
  /** The first lines that name no account, or one that there is not. */
  faults: { line: number; text: string; why: 'unreadable' | 'unknown' }[];
};
