const MICRO = 1_000_000;

/** Micro-dollars as people read them. */
export function dollars(microDollars: number): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(microDollars / MICRO);
}

/** Cents in what somebody typed: `12`, `12.5`, `$12.50`, `1,000`. Null for what is no amount, or none that may be allowed. */
export function centsIn(text: string, most: number): number | null {
  const digits = text
    .trim()
    .replace(/^\$\s*/, '')
    .replaceAll(',', '');
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(digits)) return null;
  const cents = Math.round(Number(digits) * 100);
  return cents <= most ? cents : null;
}
