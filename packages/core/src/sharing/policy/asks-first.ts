/** So many come by themselves, however small the list is: a dozen friends' lists change by that much in a week. */
const FEW = 100;
/** And so much of a large one. */
const SHARE = 0.1;

/** So many more come by themselves onto a list of this size. */
export function mostUnasked(size: number): number {
  return Math.max(FEW, Math.floor(size * SHARE));
}

/** Whether so many more on a list of this size wait until somebody says yes. */
export function asksFirst(size: number, more: number): boolean {
  return more > mostUnasked(size);
}
