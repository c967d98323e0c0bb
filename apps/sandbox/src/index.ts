export { sandboxControl } from './control/client.ts';
export { type Command, CommandError, type NewAccount } from './control/command.ts';
export type { SandboxControl } from './control/control.ts';
export { DEMO } from './control/demo-world.ts';
export type {
  AccountView,
  ClockView,
  PersonView,
  RecordView,
  RepoView,
  SiteView,
  WritesView,
} from './control/views.ts';
export { type Visit, visitSandbox } from './control/visit-sandbox.ts';
export type { Fault, FaultKind, NewFault } from './faults/fault.ts';
export { type Sandbox, type SandboxOptions, startSandbox } from './start.ts';
export type { Totals } from './state/counters.ts';
export { BLOCK, type Collection, FOLLOW } from './state/events.ts';
