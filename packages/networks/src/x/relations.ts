import { Unreadable } from '../http/index.ts';
import { NetworkError, type Relation } from '../port.ts';
import type { Access } from './access.ts';
import { people } from './held.ts';
import { RELATION_BATCH } from './limits.ts';
import { toRelation } from './mapper.ts';
import { type User, usersSchema } from './schemas.ts';

/**
 * How others stand to an account, by `connection_status`. X writes nothing where there is nothing to say, so an answer without
 * any looks the same whether nobody there is one of the account's own people or this app is not told. Before the first such
 * answer is believed somebody whom the account follows, or who follows it, is asked about: where even that says nothing, it
 * throws `no_access`, and nobody is acted on.
 */
export function relationsOf(access: Access): (others: string[]) => Promise<Relation[]> {
  let told = false;
  const ask = async (ids: string[]): Promise<Map<string, User>> => {
    const { data } = await access.use({ write: false, need: 'follows.read' }, (client) =>
      client.users(ids, { 'user.fields': 'connection_status' }),
    );
    const read = usersSchema.safeParse(data);
    if (!read.success) throw new Unreadable('no relations');
    return new Map((read.data.data ?? []).map((user) => [user.id, user]));
  };
  const isTold = async (): Promise<boolean> => {
    const [friend] = (await people(access, 'following', null)).items;
    const witness = friend ?? (await people(access, 'followers', null)).items[0];
    // Who has nobody has nobody to spare.
    if (witness === undefined) return true;
    const user = (await ask([witness.nativeId])).get(witness.nativeId);
    return (user?.connection_status ?? []).length > 0;
  };
  return async (others) => {
    if (others.length > RELATION_BATCH) throw new RangeError(`more than ${RELATION_BATCH}`);
    if (others.length === 0) return [];
    const users = await ask(others);
    told ||= [...users.values()].some((user) => (user.connection_status ?? []).length > 0);
    if (!told && !(await isTold())) {
      throw new NetworkError('no_access', { message: 'this app is not told who is whose' });
    }
    told = true;
    return others.map((nativeId) => toRelation(nativeId, users.get(nativeId)));
  };
}
