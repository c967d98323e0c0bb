import { DAY, HOUR, MINUTE } from '@secateur/base';

const UNITS = [
  ['week', 7 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

/** A moment as the page writes it. */
export function moment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

export function number(value: number): string {
  return value.toLocaleString('en');
}

/** A length of time in the two units that say most, like "6 weeks" or "1 day 2 hours". */
export function span(ms: number): string {
  const parts: string[] = [];
  let rest = Math.abs(ms);
  for (const [name, length] of UNITS) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return parts.slice(0, 2).join(' ') || 'less than a minute';
}
