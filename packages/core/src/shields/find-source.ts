import { type Problem, profileId } from '@secateur/base';
import { NetworkError, type NetworkPort, type PublicProfile } from '@secateur/networks/port';
import type { SourceInput } from './schemas.ts';

/** What a source turned out to be. */
export type Found = {
  subjectId: string;
  /** What the network calls it, where it is no account. */
  subjectRef: string | null;
  /** The account itself, or who wrote the post or keeps the list. */
  profile: PublicProfile | null;
  title: string | null;
  claimed: number | null;
};

/** Finds out on its own network what a member meant. Throws NetworkError as the port does. */
export async function findSource(
  port: NetworkPort,
  { kind, query }: { kind: SourceInput['kind']; query: string },
): Promise<Found> {
  switch (kind) {
    case 'account':
    case 'followers':
    case 'following': {
      const profile = await port.resolve(query);
      const claimed = kind === 'account' ? 1 : profile[kind];
      return { subjectId: profileId(port.network, profile.nativeId), subjectRef: null, profile, title: null, claimed };
    }
    case 'file':
    case 'shared':
      throw new NetworkError('rejected', { message: 'a file is on no network' });
    default: {
      if (!port.crowds[kind]) throw new NetworkError('rejected', { message: `${port.network} shows no ${kind}` });
      const { ref, author, title, total } = await port.locate(kind, query);
      return { subjectId: profileId(port.network, ref), subjectRef: ref, profile: author, title, claimed: total };
    }
  }
}

/** Whether it is about an account and not about a post, a list or a file. */
export function isOfAccount(kind: SourceInput['kind']): kind is 'account' | 'followers' | 'following' {
  return kind === 'account' || kind === 'followers' || kind === 'following';
}

/** What a refusal means of a source, which is asked for without anybody's leave: there is nobody who could give it. */
export function ofSource(meaning: Problem, kind: SourceInput['kind']): Problem {
  if (meaning === 'declined') return isOfAccount(kind) ? 'hidden_account' : 'unknown_crowd';
  return meaning === 'unknown_handle' && !isOfAccount(kind) ? 'unknown_crowd' : meaning;
}
