export { type LaneOptions, type RunningLane, startLane } from './lane.ts';
export type { Log } from './log.ts';
export { type FleetMember, type FleetOptions, joinFleet } from './member.ts';
export { sqlTx } from './sql-tx.ts';
export { type Death, type SweeperOptions, startSweeper } from './sweep.ts';
export type { JobEnd, JobHooks, JobReport } from './task.ts';
export { startTicker, type Ticker, type TickerOptions } from './ticker.ts';
