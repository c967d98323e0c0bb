import type { AppStore, NetworkName } from '@secateur/networks/port';
import type { Context } from '../context/index.ts';
import { type Binding, type IntakeKeys, SecretUnreadable, sealForWorkers, unpack } from '../secrets/index.ts';

/**
 * Our registrations with servers, for all workers together. One that can't be read any more, because its key was retired, is
 * made anew: nothing but the sign-ins under way depend on it.
 */
export function serverApps(ctx: Context & { intake: IntakeKeys }, network: NetworkName): AppStore {
  const bindingOf = (host: string): Binding => ({
    tenantId: '',
    network,
    subjectId: host,
    version: 1,
    purpose: 'app',
  });
  return {
    async get(host) {
      const row = await ctx.prisma.serverApp.findUnique({ where: { network_host: { network, host } } });
      if (row === null) return null;
      try {
        const sealed = unpack(row.app);
        if (sealed.stage !== 'intake') return null;
        return await ctx.intake.open(bindingOf(host), sealed, null);
      } catch (error) {
        if (error instanceof SecretUnreadable) return null;
        throw error;
      }
    },
    async put(host, text) {
      const made = { app: await sealForWorkers(ctx.intake.publicKey, bindingOf(host), text), madeAt: ctx.clock.now() };
      await ctx.prisma.serverApp.upsert({
        where: { network_host: { network, host } },
        create: { network, host, ...made },
        update: made,
      });
    },
  };
}
