import type pg from 'pg';

/** Statements in a transaction inside one tenant. Prisma's transaction has them too, so it fits wherever this is asked for. */
export type SqlTx = {
  /** The rows by column name; `int8` comes as text here and as a bigint from Prisma, so statements cast it. */
  $queryRaw<Rows>(text: TemplateStringsArray, ...values: unknown[]): PromiseLike<Rows>;
  /** How many rows it changed. */
  $executeRaw(text: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>;
};

type Prepared = { text: string; name: string };

/** Every statement that was written as a template, and the name it is prepared under: one for each place in our code. */
const statements = new WeakMap<TemplateStringsArray, Prepared>();
let named = 0;

function statementOf(parts: TemplateStringsArray): Prepared {
  const known = statements.get(parts);
  if (known) return known;
  named += 1;
  const text = parts.reduce((before, part, i) => `${before}$${i}${part}`);
  const statement = { text, name: `q${named}` };
  statements.set(parts, statement);
  return statement;
}

/** Statements on a connection that is in a transaction; `prepare` keeps each of them prepared there. */
export function statementsOn(client: pg.ClientBase, prepare: boolean): SqlTx {
  const ask = (parts: TemplateStringsArray, values: unknown[]) => {
    const { text, name } = statementOf(parts);
    return client.query({ text, values, ...(prepare ? { name } : {}) });
  };
  return {
    $queryRaw: async <Rows>(parts: TemplateStringsArray, ...values: unknown[]) =>
      (await ask(parts, values)).rows as Rows,
    $executeRaw: async (parts, ...values) => (await ask(parts, values)).rowCount ?? 0,
  };
}
