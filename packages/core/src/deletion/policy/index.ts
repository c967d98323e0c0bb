export { type Facts, stageOf } from './stage.ts';
export { timetable } from './timetable.ts';
