/**
 * The files of a ZIP archive by their names, as its directory at the end lists them. Only what is stored without
 * compression is read; throws where there is no directory, as in an archive that was cut off.
 */
export function readArchive(bytes: Uint8Array): Map<string, string> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // APPNOTE.TXT 4.3.16: the end record has 22 bytes when nobody left a comment.
  const end = view.length - 22;
  if (end < 0 || view.readUInt32LE(end) !== 0x06054b50) throw new Error('the archive has no end');
  const files = new Map<string, string>();
  let at = view.readUInt32LE(end + 16);
  for (let left = view.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [view.readUInt16LE(at + 10), view.readUInt32LE(at + 24)];
    const [nameSize, extraSize, noteSize] = [28, 30, 32].map((offset) => view.readUInt16LE(at + offset));
    const local = view.readUInt32LE(at + 42);
    if (method !== 0) throw new Error('the archive is compressed');
    const name = view.toString('utf8', at + 46, at + 46 + (nameSize ?? 0));
    const begin = local + 30 + view.readUInt16LE(local + 26) + view.readUInt16LE(local + 28);
    files.set(name, view.toString('utf8', begin, begin + size));
    at += 46 + (nameSize ?? 0) + (extraSize ?? 0) + (noteSize ?? 0);
  }
  return files;
}
