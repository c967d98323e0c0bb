'use client';
import type { ConnectionView } from '@secateur/core/connections/schemas';
import { Button } from '@secateur/ui/button';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { BACK, useConsent } from '~/client/use-consent.ts';
import { ReconnectForm } from './reconnect-form.tsx';

/** Lets an account in again that was connected before: by consent, or with another app password where there are any. */
export function AgainForm({ id, handle, network }: Pick<ConnectionView, 'id' | 'handle' | 'network'>) {
  const t = useTranslations('accounts.again');
  const consent = useConsent();
  return (
    <div className="grid gap-4">
      <h3 className="text-base">{t('heading', { handle })}</h3>
      {consent.error ? <TroubleNotice error={consent.error} /> : null}
      <div>
        <Button busy={consent.isPending} onClick={() => consent.mutate({ connectionId: id, back: BACK })}>
          {t('consent', { network })}
        </Button>
      </div>
      {network === 'bluesky' ? (
        <details>
          <summary className="w-fit cursor-pointer font-semibold text-brand underline underline-offset-4">
            {t('byPassword')}
          </summary>
          <ReconnectForm id={id} />
        </details>
      ) : null}
    </div>
  );
}
