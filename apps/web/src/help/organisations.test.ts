import { expect, test } from 'vitest';
import messages from '../../messages/en.json' with { type: 'json' };
import { EMERGENCY, ORGANISATIONS } from './organisations.ts';

test('every organisation is told what it is for, and nobody else is', () => {
  const ids = ORGANISATIONS.map(({ id }) => id).sort();
  expect(Object.keys(messages.help.organisations).sort()).toEqual(ids);
});

test.each(ORGANISATIONS.map((one) => [one.name, one] as const))('%s can be checked', (_, one) => {
  expect(new URL(one.url).protocol).toBe('https:');
  expect(URL.canParse(one.source)).toBe(true);
  expect(Number.isNaN(Date.parse(one.checked))).toBe(false);
  expect(one.languages.length).toBeGreaterThan(0);
  expect(Intl.getCanonicalLocales([...one.languages])).toEqual(one.languages);
  if (one.phone !== null) expect(one.phone).toMatch(/^[\d ]{3,}$/);
});

test('where somebody helps in one country, the number for emergencies there is known', () => {
  for (const { country } of ORGANISATIONS) if (country !== null) expect(EMERGENCY[country]).toMatch(/^\d{2,3}$/);
});
