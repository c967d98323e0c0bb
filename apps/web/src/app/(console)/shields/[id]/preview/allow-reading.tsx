'use client';
import { ACCOUNT_CROWDS } from '@secateur/core/oauth/schemas';
import type { PreviewView } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useConsent } from '~/client/use-consent.ts';
import { useMay } from '~/tenant/use-may.ts';

/** Asks an account's owner for the right to read a crowd that its server shows to accounts only, and for no more. */
export function AllowReading({ view }: { view: PreviewView }) {
  const t = useTranslations('preview.reading');
  const may = useMay();
  const consent = useConsent();
  const asked = consent.variables && 'connectionId' in consent.variables ? consent.variables.connectionId : null;
  const needed = view.sources.filter(({ problem }) => problem === 'reading_needed');
  if (needed.length === 0) return null;
  const crowds = ACCOUNT_CROWDS.filter((kind) => needed.some((source) => source.kind === kind));
  const accounts = view.connections.filter(({ network }) => needed.some((source) => source.network === network));
  return (
    <section aria-labelledby="reading" className="grid gap-3">
      <h2 id="reading" className="text-xl">
        {t('heading')}
      </h2>
      {crowds.map((kind) => (
        <p key={kind}>{t(kind)}</p>
      ))}
      {consent.error ? <TroubleNotice error={consent.error} /> : null}
      {may('connections') ? (
        <div className="flex flex-wrap gap-3">
          {accounts.map(({ id, handle }) => (
            <Button
              key={id}
              look="quiet"
              busy={consent.isPending && asked === id}
              onClick={() => consent.mutate({ connectionId: id, crowds, back: `/shields/${view.id}/preview` })}
            >
              {t('allow', { handle })}
            </Button>
          ))}
        </div>
      ) : (
        <p className="text-soft">{t('ask')}</p>
      )}
    </section>
  );
}
