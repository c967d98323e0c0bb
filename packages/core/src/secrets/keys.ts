import type { IntakeKeys } from './intake-keys.ts';
import type { KeyWrap } from './key-wrap.ts';

/** What opens secrets. Only workers have it. */
export type WorkerKeys = { intake: IntakeKeys; wrap: KeyWrap };
