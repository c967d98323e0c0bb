import type { NetworkName } from '@secateur/networks/port';
import type { Binding } from '../secrets/index.ts';

/** What of a flow is sealed to the workers, in the order in which it comes about. */
const PARTS = { secret: 1, answer: 2, credentials: 3 } as const;

/** What a part of a flow is bound to. There is no tenant yet. */
export function flowBinding(flow: { id: string; network: NetworkName }, part: keyof typeof PARTS): Binding {
  return { tenantId: '', network: flow.network, subjectId: flow.id, version: PARTS[part], purpose: 'flow' };
}
