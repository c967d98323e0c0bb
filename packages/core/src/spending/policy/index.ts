export * from './month.ts';
export * from './prices.ts';
