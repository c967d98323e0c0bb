import type { AppBskyActorDefs, AppBskyGraphGetRelationships, ComAtprotoRepoListRecords } from '@atproto/api';
import { AppBskyGraphBlock, AppBskyGraphDefs, asPredicate } from '@atproto/api';
import { AtUri } from '@atproto/syntax';
import type { Held, LimitReport, PublicProfile, Relation } from '../port.ts';
import { WINDOWS } from './limits.ts';

type View = {
  did: string;
  handle: string;
  displayName?: string;
  followersCount?: number;
  followsCount?: number;
  verification?: AppBskyActorDefs.VerificationState;
  associated?: AppBskyActorDefs.ProfileAssociated;
};

export type AnyView =
  | AppBskyActorDefs.ProfileViewBasic
  | AppBskyActorDefs.ProfileView
  | AppBskyActorDefs.ProfileViewDetailed;

/** An account as a list or a profile page shows it; counts come with the detailed view only. */
export function toProfile(view: AnyView): PublicProfile {
  const { did, handle, displayName, followersCount, followsCount, verification, associated }: View = view;
  return {
    nativeId: did,
    handle,
    displayName: displayName === undefined || displayName === '' ? null : displayName,
    followers: followersCount ?? null,
    following: followsCount ?? null,
    // Nothing is said of an account that nobody verified.
    verified:
      verification?.verifiedStatus === 'valid' ||
      verification?.trustedVerifierStatus === 'valid' ||
      associated?.labeler === true,
  };
}

/** How each of `others` stands to the account asked about. One that the network doesn't know has no relation. */
export function toRelations(answer: AppBskyGraphGetRelationships.OutputSchema, others: string[]): Relation[] {
  const known = new Map(
    answer.relationships.flatMap((one) =>
      AppBskyGraphDefs.isRelationship(one) ? [[String(one.did), one] as const] : [],
    ),
  );
  return others.map((nativeId) => {
    const one = known.get(nativeId);
    return { nativeId, follows: one?.following !== undefined, followedBy: one?.followedBy !== undefined, held: null };
  });
}

const isBlock = asPredicate(AppBskyGraphBlock.validateRecord);

/** A block record as the repository holds it; null for a record that is no block, which nothing enforces. */
export function toHeldBlock(record: ComAtprotoRepoListRecords.Record): Held | null {
  const { value } = record;
  return isBlock(value) ? { nativeId: value.subject, key: new AtUri(record.uri).rkey } : null;
}

/**
 * The account's budget as an answer's headers tell it. A host shows only its tightest limit, so a policy that is not
 * one of the account's windows (3,000 in 300 s is the host's) says nothing about the account.
 */
export function toReport(headers: Record<string, string | undefined>): LimitReport | null {
  const window = /w=(\d+)/.exec(headers['ratelimit-policy'] ?? '')?.[1];
  const windowSeconds = WINDOWS.find((w) => w.seconds === Number(window))?.seconds;
  const limit = Number(headers['ratelimit-limit'] ?? Number.NaN);
  const remaining = Number(headers['ratelimit-remaining'] ?? Number.NaN);
  const reset = Number(headers['ratelimit-reset'] ?? Number.NaN);
  if (windowSeconds === undefined || ![limit, remaining, reset].every(Number.isFinite)) return null;
  return { limit, windowSeconds, remaining: Math.max(0, remaining), resetAt: new Date(reset * 1_000) };
}
