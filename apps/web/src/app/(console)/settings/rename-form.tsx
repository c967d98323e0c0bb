'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useMay } from '~/tenant/use-may.ts';
import { NameForm } from './name-form.tsx';

/** What the tenant is called, for those who may say so. */
export function RenameForm() {
  const t = useTranslations('settings.rename');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useQuery(trpc.tenants.current.queryOptions());
  const rename = useMutation(
    trpc.tenants.rename.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.tenants.pathFilter()),
    }),
  );
  const may = useMay();
  if (!data || !may('members')) return null;
  return (
    <NameForm
      id="tenant-name"
      words={{
        heading: t('heading'),
        text: t('text'),
        label: t('label'),
        missing: t('missing'),
        submit: t('submit'),
      }}
      known={data.name}
      busy={rename.isPending}
      onSubmit={(name) => rename.mutate({ name })}
    >
      {rename.error ? <TroubleNotice error={rename.error} /> : null}
      <p role="status" className="font-semibold text-good empty:hidden">
        {rename.isSuccess ? t('done') : null}
      </p>
    </NameForm>
  );
}
