import { type ActingAccount, NetworkError, type NetworkPort } from '../port.ts';
import type { Session } from './credentials.ts';

/** Refuses whatever is asked: an installation without an app at X has nothing to ask it with. */
export async function noApp(): Promise<never> {
  throw new NetworkError('no_access', { message: 'no app at X' });
}

/** Public reads where there is no app. */
export const darkReads: Pick<NetworkPort, 'resolve' | 'crowd' | 'locate'> = {
  resolve: noApp,
  crowd: noApp,
  locate: noApp,
};

/**
 * An account that was connected while there was an app. Nothing is done for it, and nothing of it is taken for lost: it goes on
 * when there is an app again.
 */
export function darkAccount(_: Session): ActingAccount {
  return {
    head: async () => null,
    held: noApp,
    apply: noApp,
    lift: noApp,
    relations: noApp,
    followers: noApp,
    following: noApp,
    crowd: noApp,
    talked: noApp,
    renew: noApp,
    giveBack: noApp,
  };
}
