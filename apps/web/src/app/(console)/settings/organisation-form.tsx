'use client';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { NameForm } from './name-form.tsx';

/** Makes an organisation and goes there. */
export function OrganisationForm() {
  const t = useTranslations('settings.organisation');
  const trpc = useTRPC();
  const choose = useMutation(trpc.tenants.choose.mutationOptions({ onSuccess: () => location.assign('/members') }));
  const create = useMutation(
    trpc.tenants.createOrganisation.mutationOptions({ onSuccess: ({ tenantId }) => choose.mutate({ tenantId }) }),
  );
  return (
    <NameForm
      id="organisation-name"
      words={{
        heading: t('heading'),
        text: t('text'),
        label: t('label'),
        missing: t('missing'),
        submit: t('submit'),
      }}
      known=""
      busy={create.isPending || choose.isPending}
      onSubmit={(name) => create.mutate({ name })}
    >
      {(create.error ?? choose.error) ? <TroubleNotice error={create.error ?? choose.error} /> : null}
    </NameForm>
  );
}
