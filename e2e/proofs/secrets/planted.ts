import type pg from 'pg';
import { ENCODINGS } from './encodings.ts';
import { searchFor } from './search.ts';
import type { Stand } from './witness.ts';

/** A secret of nobody's, planted on purpose in every encoding. */
const SECRET = Buffer.from(`pla<nt>"ed'\\&é %Z9xQ~`);
const search = searchFor([{ kind: 'planted', secret: SECRET }]);

/** Plants it in the database, a row for every encoding and kind of column, watched like every other table. */
export async function plant(admin: pg.Pool): Promise<void> {
  await admin.query(`
    CREATE TABLE proof.planted (t text, b bytea, j jsonb);
    CREATE TRIGGER proof_sees AFTER INSERT OR UPDATE ON proof.planted FOR EACH ROW EXECUTE FUNCTION proof.see();`);
  for (const text of forms()) {
    const bytes = Buffer.from(text, 'latin1');
    const words = bytes.includes(0) ? null : bytes.toString('utf8');
    await admin.query('INSERT INTO proof.planted VALUES ($1, $2, $3)', [
      words,
      bytes,
      JSON.stringify({ nested: [words] }),
    ]);
  }
}

/** The encodings in which it is not found: in rows as they are, in rows as they were, and in what processes say. */
export function missed(stands: Stand[]): string[] {
  const rows = (name: string) => Buffer.concat(stands.filter(({ table }) => table === name).map(({ bytes }) => bytes));
  const [now, seen] = [rows('proof.planted'), rows('proof.planted seen')];
  const said = Buffer.concat(forms().map((text) => Buffer.from(`{"msg":"${text}"}\n`, 'latin1')));
  const places = { now, seen, said };
  return Object.entries(places).flatMap(([place, bytes]) => {
    const found = new Set(search(bytes).map((hit) => hit.encoding));
    return ENCODINGS.filter(({ name }) => !found.has(name)).map(({ name }) => `${name} (${place})`);
  });
}

function forms(): string[] {
  // Bytes on either side move what base64 makes of it.
  const inside = [0, 1, 2].map((n) => Buffer.concat([Buffer.alloc(n, 65), SECRET, Buffer.from('BC')]));
  const whole = inside.flatMap((bytes) => [bytes.toString('base64'), bytes.toString('base64url')]);
  return [
    ...whole,
    ...ENCODINGS.filter(({ name }) => !name.startsWith('base64')).flatMap((encoding) => encoding.of(SECRET)),
  ];
}
