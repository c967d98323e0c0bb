export { type Cover, coverEnd, type EndReason, judge, type Verdict } from './cover.ts';
export { judgeRelation, type Wish, wants } from './wish.ts';
