/** Every form in which a secret might come to light. */
export type Encoding = { name: string; of(secret: Buffer): string[] };

const text = (secret: Buffer) => secret.toString('utf8');
const inJson = (value: string) => JSON.stringify(value).slice(1, -1);

/**
 * What stands in base64 wherever the secret stands in the middle of something: which bytes share a group with their neighbours
 * depends on where it begins, so there are three forms, without the characters that the neighbours decide.
 */
function inBase64(secret: Buffer, alphabet: 'base64' | 'base64url'): string[] {
  return [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), secret])
      .toString(alphabet)
      .replace(/=+$/, '');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + secret.length) * 8) / 6);
    return whole.slice(first, last);
  });
}

export const ENCODINGS: readonly Encoding[] = [
  { name: 'raw', of: (s) => [s.toString('latin1')] },
  { name: 'hex', of: (s) => [s.toString('hex'), s.toString('hex').toUpperCase()] },
  { name: 'base64', of: (s) => inBase64(s, 'base64') },
  { name: 'base64url', of: (s) => inBase64(s, 'base64url') },
  { name: 'JSON', of: (s) => [latin(inJson(text(s)))] },
  { name: 'JSON in JSON', of: (s) => [latin(inJson(inJson(text(s))))] },
  { name: 'URL', of: (s) => [encodeURIComponent(text(s)), encodeURIComponent(text(s)).replaceAll('%20', '+')] },
  {
    name: 'HTML',
    of: (s) => [latin(text(s).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)), latin(html(text(s)))],
  },
  { name: 'UTF-16', of: (s) => [Buffer.from(text(s), 'utf16le').toString('latin1')] },
];

function html(value: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' };
  return value.replace(/[&<>"']/g, (c) => names[c] ?? c);
}

/** Bytes as one character each, so that all forms compare with bytes. */
function latin(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}
