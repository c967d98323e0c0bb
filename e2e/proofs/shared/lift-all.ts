import type { ActingAccount, NetworkPort } from '@secateur/networks/port';

/** An adapter that lifts whatever blocks a person, not just ours. */
export function liftAll(port: NetworkPort): NetworkPort {
  return {
    ...port,
    actFor(credentials, rotated): ActingAccount {
      const account = port.actFor(credentials, rotated);
      return {
        ...account,
        async lift(action, writes, fence) {
          const { items } = action === 'block' ? await account.held(action, { cursor: null }) : { items: [] };
          const more = items.filter(
            (held) => writes.some((w) => w.nativeId === held.nativeId) && !writes.some((w) => w.key === held.key),
          );
          return account.lift(action, [...writes, ...more], fence);
        },
      };
    },
  };
}
