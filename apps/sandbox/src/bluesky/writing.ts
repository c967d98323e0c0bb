import { personByName } from '../state/people.ts';
import { commitCid } from '../state/repo.ts';
import { invalid, XrpcError } from './errors.ts';
import { type Call, signedIn } from './method.ts';

/** Whose repository is written to: it must be the caller's own. */
export function writerOf(call: Call, repo: unknown): string {
  const { did } = signedIn(call);
  if (repo === did) return did;
  const person = typeof repo === 'string' ? personByName(call.site.state, repo) : null;
  if (!person?.account) throw invalid(`Could not find repo: ${String(repo)}`);
  if (person.did !== did) throw new XrpcError(401, 'AuthenticationRequired', 'Authentication Required');
  return did;
}

/** Takes the points of a write from the account's budgets. */
export function chargeWrites(call: Call, did: string, points: number): void {
  const { site } = call;
  if (site.state.limits && points > 0) call.charge(site.limits.writes(did, points, site.clock.now()));
}

/** Refuses a write that names another commit than the latest. */
export function checkSwap(call: Call, did: string, swapCommit: unknown): void {
  if (swapCommit === undefined || swapCommit === null) return;
  const { head } = call.site.state.repo(did);
  if (swapCommit !== head) throw invalid(`Commit was at ${head}`, 'InvalidSwap');
}

/** The commit part of a reply, as JSON text. */
export function commitJson(did: string, rev: string): string {
  return `"commit":{"cid":"${commitCid(did, rev)}","rev":"${rev}"}`;
}
