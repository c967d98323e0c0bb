/** What a secret is for. The set is closed: what was sealed for one purpose opens for no other. */
export type Purpose = 'credentials' | 'renewal' | 'flow' | 'app';

/**
 * Whom a secret belongs to, and which one it is: the row that holds it (a connection) and how often that row was given
 * new ones. A secret opens for the binding under which it was sealed and for no other.
 */
export type Binding = {
  tenantId: string;
  network: string;
  subjectId: string;
  version: number;
  purpose: Purpose;
};

/** The binding in bytes, as it goes into a seal. JSON, so that no two bindings are written alike. */
export function bytesOf(stage: 'intake' | 'kept', b: Binding): Uint8Array<ArrayBuffer> {
  const parts = ['secateur', stage, b.purpose, b.tenantId, b.network, b.subjectId, b.version];
  return new TextEncoder().encode(JSON.stringify(parts));
}
