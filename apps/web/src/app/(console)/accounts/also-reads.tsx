'use client';
import type { ConnectionView } from '@secateur/core/connections/schemas';
import { ACCOUNT_CROWDS } from '@secateur/core/oauth/schemas';
import { Button } from '@secateur/ui/button';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { BACK, useConsent } from '~/client/use-consent.ts';
import { useMay } from '~/tenant/use-may.ts';

/** What an account lets us read beyond the usual, and how to end that: it is asked for anew, without. */
export function AlsoReads({ connection }: { connection: ConnectionView }) {
  const t = useTranslations('accounts.reads');
  const may = useMay();
  const consent = useConsent();
  const { id, crowds, handle } = connection;
  const kinds = ACCOUNT_CROWDS.filter((kind) => crowds.includes(kind));
  if (kinds.length === 0) return null;
  return (
    <div className="grid gap-2">
      {kinds.map((kind) => (
        <p key={kind} className="text-soft">
          {t(kind)}
        </p>
      ))}
      {consent.error ? <TroubleNotice error={consent.error} /> : null}
      {may('connections') ? (
        <div>
          <Button
            look="quiet"
            size="small"
            aria-label={t('endOf', { handle })}
            busy={consent.isPending}
            onClick={() => consent.mutate({ connectionId: id, crowds: [], back: BACK })}
          >
            {t('end')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
