'use client';
import { NOTICE } from '@secateur/core/connections/policy';
import type { ConnectionView } from '@secateur/core/connections/schemas';
import { Button } from '@secateur/ui/button';
import { Notice } from '@secateur/ui/notice';
import { useTranslations } from 'next-intl';
import { BACK, useConsent } from '~/client/use-consent.ts';

/** What a connection allows, and how long it lasts. */
export function Lasting({ connection }: { connection: ConnectionView }) {
  const t = useTranslations('accounts');
  const consent = useConsent();
  const { id, network, rights, broad, way, endsAt, now } = connection;
  const allowed = rights.length === 2 ? 'both' : rights.includes('mute') ? 'mute' : 'block';
  const ending = endsAt !== null && endsAt.getTime() - now.getTime() <= NOTICE;
  return (
    <>
      <p className="text-soft">
        {t(`rights.${allowed}`)}
        {broad && way === 'oauth' ? `. ${t('rights.broad')}` : null}
        {endsAt !== null && !ending ? ` · ${t('endsAt', { date: endsAt })}` : null}
      </p>
      {ending ? (
        <Notice
          tone="warn"
          title={t('ending.title', { date: endsAt })}
          actions={
            <Button busy={consent.isPending} onClick={() => consent.mutate({ connectionId: id, back: BACK })}>
              {t('again.consent', { network })}
            </Button>
          }
        >
          {t('ending.text')}
        </Notice>
      ) : null}
    </>
  );
}
