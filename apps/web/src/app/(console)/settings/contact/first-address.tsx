'use client';
import { Card } from '@secateur/ui/card';
import { Notice } from '@secateur/ui/notice';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { Section } from '~/parts/section.tsx';
import { AddressForm } from './address-form.tsx';

/** The address that one signs in with. */
export function FirstAddress({ email, asked }: { email: string | null; asked: string | null }) {
  const t = useTranslations('contact');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const ask = useMutation(
    trpc.contact.askNewAddress.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.contact.pathFilter()),
    }),
  );
  return (
    <Section id="first" heading={t('first.heading')} intro={t('first.intro')}>
      <Card>
        <div className="grid gap-5">
          {email === null ? <p>{t('first.none')}</p> : <p className="font-medium wrap-anywhere">{email}</p>}
          {asked ? (
            <Notice tone="note" live="status" title={t('first.asked', { email: asked })}>
              {t('first.askedText')}
            </Notice>
          ) : null}
          <AddressForm
            id="new-address"
            label={t('first.label')}
            hint={t('first.hint')}
            wrong={t('wrong')}
            submit={t('first.submit')}
            busy={ask.isPending}
            onSend={(typed) => ask.mutateAsync({ email: typed })}
          />
          {ask.error ? <TroubleNotice error={ask.error} /> : null}
        </div>
      </Card>
    </Section>
  );
}
