const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';

/** The TID of an instant in microseconds since 1970 (exact below 2^53) and a writer's number below 1024. */
export function tidAt(micros: number, writer: number): string {
  return encode(micros, 11) + encode(writer, 2);
}

function encode(value: number, length: number): string {
  let text = '';
  let rest = value;
  for (let i = 0; i < length; i++) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Makes TIDs in real time, each later than the one before. */
export function tidMaker(writer: number): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Date.now() * 1000);
    return tidAt(last, writer);
  };
}
