import { z } from 'zod';

/** What can be taken along. Safe for the browser. */

/**
 * `json`: everything as one document. `csv`: everything as an archive of tables. `list`: only the accounts that are blocked
 * or muted now, for another tool.
 */
export const EXPORT_FORMS = ['json', 'csv', 'list'] as const;
export type ExportForm = (typeof EXPORT_FORMS)[number];
export const exportInput = z.object({ form: z.enum(EXPORT_FORMS) });
