export { getSpending, spendingOf } from './get.ts';
export { type Bill, paying } from './paying.ts';
export { setSpendingCap } from './set-cap.ts';
export { charge, giveBackMoney, roomOf, takeMoney } from './store.ts';
