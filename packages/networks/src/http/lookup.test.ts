import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { AddressRefused } from './address-refused.ts';
import { isPublicAddress } from './addresses.ts';
import { checkedLookup, type Resolve } from './lookup.ts';

type Answer = { error: Error | null; address: string | LookupAddress[]; family: number | undefined };

/** Asks a name whose addresses are given, one set a question. */
function asking(...answers: string[][]) {
  let asked = 0;
  const resolve: Resolve = (_name, _options, done) => {
    done(
      null,
      (answers[asked++] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  const look = checkedLookup(isPublicAddress, resolve);
  return {
    asked: () => asked,
    ask: (all: boolean) =>
      new Promise<Answer>((settle) =>
        look('host.example', { all }, (error, address, family) => settle({ error, address, family })),
      ),
  };
}

test('hands the socket the very addresses that were checked, from one question', async () => {
  const { ask, asked } = asking(['1.1.1.1', '2606:4700::1'], ['127.0.0.1']);
  expect(await ask(true)).toMatchObject({
    error: null,
    address: [
      { address: '1.1.1.1', family: 4 },
      { address: '2606:4700::1', family: 6 },
    ],
  });
  expect(asked()).toBe(1);
});

test('answers sockets that want one address', async () => {
  expect(await asking(['2606:4700::1']).ask(false)).toEqual({ error: null, address: '2606:4700::1', family: 6 });
});

test.each([
  ['a private address', ['10.0.0.1']],
  ['a private address among public ones', ['1.1.1.1', '169.254.169.254']],
  ['no address', []],
])('refuses a name with %s', async (_, addresses) => {
  expect((await asking(addresses).ask(true)).error).toBeInstanceOf(AddressRefused);
});

test('a name that leads elsewhere when it is asked again is refused then', async () => {
  const { ask } = asking(['1.1.1.1'], ['127.0.0.1'], ['169.254.169.254'], ['::1'], ['::ffff:10.0.0.1']);
  expect((await ask(true)).error).toBeNull();
  for (let i = 0; i < 4; i++) expect((await ask(true)).error).toBeInstanceOf(AddressRefused);
});
