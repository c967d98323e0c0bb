/** Name of the migrated database that test databases are copies of. */
export const TEMPLATE = 'template_secateur';
