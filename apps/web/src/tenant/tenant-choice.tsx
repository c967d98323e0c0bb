'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '~/client/trpc.ts';

/** For those who are in several tenants: whom they act for, and a change of that. */
export function TenantChoice() {
  const t = useTranslations('members');
  const trpc = useTRPC();
  const { data } = useQuery(trpc.tenants.current.queryOptions());
  const choose = useMutation(
    trpc.tenants.choose.mutationOptions({
      // Everything on the page is another tenant's from now on, drafts and open dialogs included.
      onSuccess: () => location.assign('/shields'),
    }),
  );
  if (!data || data.others.length === 0) return null;
  return (
    <label className="inline-flex items-center gap-2 text-on-band">
      <span className="sr-only">{t('actingFor')}</span>
      <select
        value={data.tenantId}
        aria-disabled={choose.isPending || undefined}
        onChange={(event) => choose.mutate({ tenantId: event.target.value })}
        className="min-h-11 max-w-44 rounded-control border border-on-band/60 bg-band px-2 text-on-band"
      >
        {[data, ...data.others].map(({ tenantId, name }) => (
          <option key={tenantId} value={tenantId}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
