export { type Facts, type Stage, stageOf } from './stage.ts';
export { type Timetable, timetable, WAIT_DAYS, WITHIN_DAYS } from './timetable.ts';
