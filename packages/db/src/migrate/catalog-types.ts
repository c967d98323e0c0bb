import { ColumnTypeEnum, type SqlQuery, type SqlQueryable } from '@prisma/driver-adapter-utils';

/** The type "char", which the schema describer selects from the catalogs. */
const CHAR = 18;
const TEXT = 25;
/** int2vector, regproc, xid, oidvector, pg_node_tree, aclitem, regclass, regtype, regnamespace, regrole. */
const CATALOG_TYPES = new Set([CHAR, 22, 24, 28, 30, 194, 1033, 2205, 2206, 4089, 4096]);

type Field = { name: string; dataTypeID: number };
/** The part of adapter-pg's classes that its declarations hide. */
type Internals = { performIO(query: SqlQuery): Promise<{ fields?: Field[] }> };

/**
 * adapter-pg 7.10 refuses columns of catalog types ("Column type 'char' could not be deserialized"), so every look at
 * an existing schema fails. This makes it report "char" as a character and the others as text.
 */
export function readCatalogTypes(adapter: SqlQueryable): void {
  const internals = adapter as unknown as Internals;
  const performIO = internals.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const characters = new WeakMap<SqlQuery, number[]>();
  internals.performIO = async (query) => {
    const result = await performIO(query);
    const fields = result.fields ?? [];
    const positions = fields.flatMap((field, at) => (field.dataTypeID === CHAR ? [at] : []));
    characters.set(query, positions);
    for (const field of fields) if (CATALOG_TYPES.has(field.dataTypeID)) field.dataTypeID = TEXT;
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const at of characters.get(query) ?? []) result.columnTypes[at] = ColumnTypeEnum.Character;
    return result;
  };
}
