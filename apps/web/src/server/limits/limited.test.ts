import { Refusal } from '@secateur/base';
import { expect, test, vi } from 'vitest';
import type { WebContext } from '../rpc.ts';
import type { Limit } from './limits.ts';

vi.mock('server-only', () => ({}));
const { appRouter } = await import('../routers/index.ts');
const { createCallerFactory } = await import('../rpc.ts');

const USER = '0197b0c8-0000-7000-8000-000000000001';
const TENANT = '0197b0c8-0000-7000-8000-000000000002';
const CLIENT = '203.0.113.7';

/** Somebody whose every try is one too many. Whatever is touched before that is counted isn't there. */
function everybody(limit: Limit, client: string | null = CLIENT): WebContext {
  const context: Partial<WebContext> = {
    user: { id: USER, email: null },
    session: {} as NonNullable<WebContext['session']>,
    actorOf: async () => ({ tenantId: TENANT, userId: USER, role: 'owner', suspended: false, grants: [] }),
    client,
    limit,
    countCall: async () => null,
    log: { error() {}, warn() {} } as unknown as WebContext['log'],
    clock: { now: () => new Date() },
  };
  return context as WebContext;
}

/** Every procedure that is limited, by what, and under which name it is counted. */
const LIMITED = {
  'signIn.ask': ['doorFrom', CLIENT],
  'signIn.byPasskey': ['doorFrom', CLIENT],
  'signIn.byCode': ['codeFrom', CLIENT],
  'stepUp.askForPasskey': ['confirmBy', USER],
  'stepUp.byPasskey': ['confirmBy', USER],
  'stepUp.sendLink': ['confirmLinkBy', USER],
  'passkeys.offer': ['passkeysBy', USER],
  'passkeys.add': ['passkeysBy', USER],
  'passkeys.rename': ['passkeysBy', USER],
  'passkeys.remove': ['passkeysBy', USER],
  'passkeys.letAlone': ['passkeysBy', USER],
  'passkeys.makeCodes': ['passkeysBy', USER],
  'ways.beginAdding': ['consentBy', USER],
  'connections.beginConsent': ['consentBy', USER],
  'connections.connect': ['connectIn', TENANT],
  'connections.reconnect': ['connectIn', TENANT],
  'shields.startPreview': ['previewIn', TENANT],
} as const;

test.each(Object.entries(LIMITED))('%s is counted before anything else is looked at', async (path, counted) => {
  const asked: unknown[] = [];
  const caller = createCallerFactory(appRouter)(
    everybody(async (name, key) => {
      asked.push([name, key]);
      throw new Refusal('too_many_tries', { seconds: 60 });
    }),
  );
  const [group = '', name = ''] = path.split('.');
  const procedure = (caller as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[
    group
  ]?.[name];
  await expect(procedure?.(undefined)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  expect(asked).toEqual([counted]);
});

test.each(['connect', 'reconnect'] as const)('%s counts by user too, in whichever tenant that is', async (name) => {
  const asked: unknown[] = [];
  const limit: Limit = async (...counted) => {
    asked.push(counted);
    if (counted[0] === 'connectBy') throw new Refusal('too_many_tries', { seconds: 60 });
  };
  const caller = createCallerFactory(appRouter)(everybody(limit));
  await expect(caller.connections[name](undefined as never)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  expect(asked).toEqual([
    ['connectIn', TENANT],
    ['connectBy', USER],
  ]);
});

test('a demo on this machine is nobody in particular, and is not counted at the door', async () => {
  const asked: unknown[] = [];
  const limit: Limit = async (name) => void asked.push(name);
  await createCallerFactory(appRouter)(everybody(limit, null))
    .signIn.ask()
    .catch(() => {});
  expect(asked).toEqual([]);
});

test.each(['sessions.list', 'shields.list'])('%s is a call, and nobody makes too many', async (path) => {
  const context = { ...everybody(async () => {}), countCall: async () => 7 };
  const [group = '', name = ''] = path.split('.');
  const caller = createCallerFactory(appRouter)(context) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  await expect(caller[group]?.[name]?.(undefined)).rejects.toMatchObject({
    code: 'TOO_MANY_REQUESTS',
    cause: { problem: 'too_many_tries', data: { seconds: 7 } },
  });
});
