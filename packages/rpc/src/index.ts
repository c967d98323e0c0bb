export { CODES } from './codes.ts';
export type { FaultLog, RpcContext } from './context.ts';
export { guardStream } from './guard-stream.ts';
export { isStream } from './is-stream.ts';
export { createRpc } from './rpc.ts';
export { type ErrorView, viewOf } from './translate.ts';
