/** Most bytes of a file, and most lines in it. A list of 50,000 accounts takes Mastodon's servers two days to find. */
export const MOST_BYTES = 2 * 1024 * 1024;
export const MOST_LINES = 50_000;

export type Unreadable = 'file_too_large' | 'file_utf16' | 'file_not_text';

/** The text in a file, or why there is none that we can read. A byte order mark is no part of it. */
export function readText(bytes: Uint8Array): { text: string } | { refused: Unreadable } {
  if (bytes.byteLength > MOST_BYTES) return { refused: 'file_too_large' };
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return { refused: 'file_utf16' };
  const start = bytes.subarray(0, 1_000);
  const zeros = start.filter((byte) => byte === 0).length;
  if (zeros > 0) return { refused: zeros * 4 > start.length ? 'file_utf16' : 'file_not_text' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { refused: 'file_not_text' };
  }
}
