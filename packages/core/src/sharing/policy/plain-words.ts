/** Letters that a stranger may put before a member: three sentences. */
export const MOST_LETTERS = 300;

/** What turns text round, hides it or breaks its line. The joiners that scripts and signs need are left. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** More marks on one letter than any script puts there grow over the lines around it. */
const PILED = /(\p{M}{3})\p{M}+/gu;
const LINK = /(?:[a-z][a-z\d+.-]*:\/\/|www\.)\S+/giu;

/** What a stranger wrote, as one plain line without links; null when nothing is left of it. */
export function plainWords(raw: string): string | null {
  const line = raw
    .normalize('NFC')
    .replace(UNSEEN, ' ')
    .replace(PILED, '$1')
    .replace(LINK, '[…]')
    .replace(/\s+/gu, ' ')
    .trim();
  const short = [...line].slice(0, MOST_LETTERS).join('').trim();
  return short === '' ? null : short;
}
