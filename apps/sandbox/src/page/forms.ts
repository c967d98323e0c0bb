import { z } from 'zod';
import type { SandboxControl } from '../control/control.ts';
import { faultSchema } from '../control/fault-schema.ts';
import { DEEDS } from './by-hand-section.ts';

const clockForm = z.object({
  advanceMs: z.coerce.number().int().optional(),
  offsetMs: z.coerce.number().int().optional(),
});
const byHandForm = z.object({ do: z.enum(DEEDS), account: z.string().trim(), subject: z.string().trim() });
const NUMBERS = new Set(['probability', 'count', 'latencyMs']);

export type Fields = Record<string, string>;

/** What each form of the page does; each returns what to tell. */
export function formsOf(control: SandboxControl): Record<string, (fields: Fields) => Promise<string>> {
  return {
    '/page/clock': async (fields) => {
      const { advanceMs, offsetMs } = clockForm.parse(fields);
      if (advanceMs !== undefined) await control.advance(advanceMs);
      if (offsetMs !== undefined) await control.perform({ do: 'set-clock', offsetMs });
      return 'The clock was moved.';
    },
    '/page/by-hand': async (fields) => {
      const deed = byHandForm.parse(fields);
      await control.perform(deed);
      return `Done: ${deed.account}, ${deed.do}, ${deed.subject}.`;
    },
    '/page/faults': async (fields) => {
      const given = Object.entries(fields).filter(([, value]) => value !== '');
      await control.addFault(
        faultSchema.parse(
          Object.fromEntries(given.map(([name, value]) => [name, NUMBERS.has(name) ? Number(value) : value])),
        ),
      );
      return 'The fault is set up.';
    },
    '/page/faults/remove': async (fields) => {
      await control.removeFault(Number(fields.id));
      return 'The fault is gone.';
    },
    '/page/limits': async (fields) => {
      await control.perform({ do: 'set-limits', on: fields.on === 'on' });
      return `The limits are ${fields.on === 'on' ? 'on' : 'off'}.`;
    },
  };
}
