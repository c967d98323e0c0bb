'use client';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { Notice } from '@secateur/ui/notice';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { Section } from '~/parts/section.tsx';
import type { ContactView } from '~/server/contact/second.ts';
import { AddressForm } from './address-form.tsx';

/** Who hears of it when a stranger may be at the account. */
export function SecondContact({ second, asked }: { second: ContactView['second']; asked: string | null }) {
  const t = useTranslations('contact');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries(trpc.contact.pathFilter());
  const ask = useMutation(trpc.contact.askSecond.mutationOptions({ onSuccess }));
  const remove = useMutation(trpc.contact.removeSecond.mutationOptions({ onSuccess }));
  const trouble = ask.error ?? remove.error;
  return (
    <Section id="second" heading={t('second.heading')} intro={t('second.intro')}>
      <Card>
        <div className="grid gap-5">
          {second ? (
            <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
              <div>
                <p className="font-medium wrap-anywhere">{second.email}</p>
                <p className="text-soft text-sm">{t('second.since', { date: second.verifiedAt })}</p>
              </div>
              <Button look="quiet" size="small" busy={remove.isPending} onClick={() => remove.mutate()}>
                {t('second.remove')}
              </Button>
            </div>
          ) : (
            <p>{t('second.none')}</p>
          )}
          {asked ? (
            <Notice tone="note" live="status" title={t('second.asked', { email: asked })}>
              {t('second.askedText')}
            </Notice>
          ) : null}
          <AddressForm
            id="second-contact"
            label={t(second ? 'second.other' : 'second.label')}
            hint={t('second.hint')}
            wrong={t('wrong')}
            submit={t('second.submit')}
            busy={ask.isPending}
            onSend={(email) => ask.mutateAsync({ email })}
          />
          {trouble ? <TroubleNotice error={trouble} /> : null}
        </div>
      </Card>
    </Section>
  );
}
