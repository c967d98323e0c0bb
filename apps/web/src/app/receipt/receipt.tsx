'use client';
import { Skeleton } from '@secateur/ui/skeleton';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { troubleOf } from '~/client/trouble.ts';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useLinkToken } from '~/client/use-link-token.ts';
import { Steps } from './steps.tsx';
import { WhatIsKept } from './what-is-kept.tsx';

/** A receipt by the token that the page was opened with. */
export function Receipt() {
  const t = useTranslations();
  const trpc = useTRPC();
  const token = useLinkToken();
  const { mutate, data, error } = useMutation(trpc.deletion.receipt.mutationOptions());
  useEffect(() => {
    if (token) mutate({ token });
  }, [mutate, token]);
  const trouble = error ? troubleOf(error) : null;
  const unknown = trouble?.kind === 'problem' && ['not_found', 'invalid_input'].includes(trouble.problem);
  if (token === '' || unknown) {
    return (
      <div className="grid gap-5">
        <h1 className="text-3xl">{t('receipt.goneHeading')}</h1>
        <p>{t('receipt.gone')}</p>
      </div>
    );
  }
  if (error) return <TroubleNotice error={error} onRetry={() => mutate({ token: token ?? '' })} />;
  if (!data) return <Skeleton label={t('common.loading')} />;
  return (
    <div className="grid gap-8">
      <div className="grid gap-3">
        <h1 className="text-3xl">{t('receipt.heading')}</h1>
        <p className="text-soft">{t('receipt.intro')}</p>
      </div>
      <Steps receipt={data} />
      <WhatIsKept />
    </div>
  );
}
