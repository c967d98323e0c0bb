export { sandboxControl } from './control/client.ts';
export type { Command, NewAccount } from './control/command.ts';
export { CommandError } from './control/command-error.ts';
export type { SandboxControl } from './control/control.ts';
export { DEMO } from './control/demo-world.ts';
export type { ListInfo, PostInfo } from './control/post-control.ts';
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
export type { FediControl, FediHeldView, FediPersonView, ServerView } from './mastodon/control.ts';
export type { FediListInfo, FediPostInfo } from './mastodon/post-infos.ts';
export { type Sandbox, type SandboxOptions, startSandbox } from './start.ts';
export type { Totals } from './state/counters.ts';
export { BLOCK, type Collection, FOLLOW } from './state/events.ts';
export type { XAppView, XControl, XHeldView, XPersonView, XPostView } from './x/control.ts';
export { X_APP, X_SIGN_IN_APP } from './x/oauth/app.ts';
