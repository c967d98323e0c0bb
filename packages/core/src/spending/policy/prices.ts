import type { Ability, Action, ReadPrices } from '@secateur/networks/port';

type Priced = { prices: ReadPrices; abilities: Record<Action, Ability | null> };

/** What one effect costs in the end: asked about once more, made, and lifted, which is paid for when it is made. */
export type EffectPrice = { asked: number; made: number };

/** The dearest of what an account may be told to do, so that whoever can afford it can afford any; 0 where all is free. */
export function effectPrice(
  { prices, abilities }: Priced,
  actions: readonly Action[] = ['block', 'mute'],
): EffectPrice {
  const made = actions.map((action) => {
    const price = abilities[action]?.price;
    return price === undefined ? 0 : price.apply + price.lift;
  });
  return { asked: prices.relation, made: Math.max(0, ...made) };
}

export function isFree({ asked, made }: EffectPrice): boolean {
  return asked + made === 0;
}
