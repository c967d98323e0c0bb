import { makeZip } from 'client-zip';

export type Entry = { name: string; chunks: AsyncIterable<string> };

/**
 * An archive that is made while it is read, its entries one after the other, not compressed. What says where they are comes
 * last, so that one that was cut off can't be opened.
 */
export async function* zipOf(at: Date, entries: readonly Entry[]): AsyncGenerator<Uint8Array> {
  yield* makeZip(entries.map(({ name, chunks }) => ({ name, input: chunks, lastModified: at })));
}
