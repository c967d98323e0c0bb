'use client';
import type { ConnectionView } from '@secateur/core/connections/schemas';
import { Button } from '@secateur/ui/button';
import { Notice } from '@secateur/ui/notice';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { BACK, useConsent } from '~/client/use-consent.ts';
import { useMay } from '~/tenant/use-may.ts';

/** That whoever owns an account moved it away, or is about to; and what to do if that was a stranger. */
export function MovedAway({ connection }: { connection: ConnectionView }) {
  const t = useTranslations('accounts.movedAway');
  const may = useMay();
  const consent = useConsent();
  const { id, network, state, leaving, held, movedAt } = connection;
  if (movedAt === null) return null;
  return (
    <>
      <Notice
        tone="warn"
        title={t('title', { date: movedAt })}
        actions={
          may('connections') ? (
            <Button
              look="quiet"
              busy={consent.isPending}
              onClick={() => consent.mutate({ connectionId: id, back: BACK })}
            >
              {t('takeBack', { network })}
            </Button>
          ) : undefined
        }
      >
        {t('text')}
      </Notice>
      {state === 'leaving' ? (
        <p className="text-soft" role="status">
          {leaving === 'keep' ? t('keeping') : t('lifting', { held })}
        </p>
      ) : null}
      {consent.error ? <TroubleNotice error={consent.error} /> : null}
    </>
  );
}
