import type { Door } from './door.ts';

/** The doors there are, each with its reason. A route handler stands behind one of them (`routes.test.ts`). */
export const DOORS = {
  /**
   * Calls of our own pages. The largest that a page makes, a whole batch, has some 20 kB; much more is somebody who wants
   * to see us parse it.
   */
  calls: { from: 'own pages', body: 128 * 1024 },
  /** What only our own pages ask for, without saying anything. */
  looks: { from: 'own pages', body: null },
  /** What others ask for too: monitors, and browsers that a mail or another service sends back here. */
  open: { from: 'anybody', body: null },
  /** A file that a member brings: two megabytes, as text in JSON. */
  files: { from: 'own pages', body: 3 * 1024 * 1024 },
} as const satisfies Record<string, Door>;
