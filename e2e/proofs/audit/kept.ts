import type { Stage } from './stage.ts';

/** Keeps the trail's tables as they are now, under a name. */
export async function keep({ owner, tables }: Stage, name: string): Promise<void> {
  for (const table of tables) await owner.ask(`CREATE TABLE ${name}_${table} AS SELECT * FROM ${table}`);
}

/** Makes the trail's tables again what they were then. */
export async function bringBack({ owner, tables }: Stage, name: string): Promise<void> {
  await owner.ask('BEGIN');
  await owner.ask(`TRUNCATE ${tables.join(', ')}`);
  for (const table of tables) await owner.ask(`INSERT INTO ${table} SELECT * FROM ${name}_${table}`);
  await owner.ask('COMMIT');
}
