export { type Cover, coverEnd, type EndReason, judge, type Verdict } from './cover.ts';
