import { expect, test } from 'vitest';
import { InFlight } from './in-flight.ts';

test('idle waits for the last of the calls, failed ones too', async () => {
  const calls = new InFlight();
  const order: string[] = [];
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const running = gates.map(({ promise }, i) =>
    calls.run(async () => {
      await promise;
      order.push(`call ${i}`);
      if (i === 1) throw new Error('no');
    }),
  );
  const idle = calls.idle().then(() => order.push('idle'));
  gates[0]?.resolve();
  await running[0];
  gates[1]?.resolve();
  await expect(running[1]).rejects.toThrow('no');
  await idle;
  expect(order).toEqual(['call 0', 'call 1', 'idle']);
});

test('with nothing to answer it is idle at once', async () => {
  await new InFlight().idle();
});
