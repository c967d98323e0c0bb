'use client';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { Notice } from '@secateur/ui/notice';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { Section } from '~/parts/section.tsx';

/** Codes for when every passkey is lost: how many are left, and the new ones, shown once. */
export function RecoveryCodes({ left }: { left: number }) {
  const t = useTranslations('security.codes');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [copied, setCopied] = useState(false);
  const make = useMutation(
    trpc.passkeys.makeCodes.mutationOptions({
      onSuccess: () => {
        setCopied(false);
        return queryClient.invalidateQueries(trpc.passkeys.pathFilter());
      },
    }),
  );
  const codes = make.data?.codes;
  return (
    <Section id="codes" heading={t('heading')} intro={t('intro')}>
      {codes ? (
        <Card>
          <div className="grid gap-4">
            <Notice tone="warn" live="status" title={t('once')}>
              {t('onceText')}
            </Notice>
            <div data-print className="grid gap-3">
              <p className="font-semibold">{t('printTitle')}</p>
              <ul aria-label={t('listLabel')} className="grid gap-x-8 gap-y-1.5 font-mono text-lg sm:grid-cols-2">
                {codes.map((code) => (
                  <li key={code}>{code}</li>
                ))}
              </ul>
            </div>
            <div className="flex flex-wrap items-center gap-3">
              <Button
                look="quiet"
                onClick={() => void navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true))}
              >
                {t('copy')}
              </Button>
              <Button look="quiet" onClick={() => window.print()}>
                {t('print')}
              </Button>
              <span role="status">{copied ? t('copied') : null}</span>
            </div>
            <div>
              <Button onClick={() => make.reset()}>{t('done')}</Button>
            </div>
          </div>
        </Card>
      ) : (
        <>
          <p className="font-medium">{t('left', { left })}</p>
          {make.error ? <TroubleNotice error={make.error} /> : null}
          <div>
            <Button look={left === 0 ? 'primary' : 'quiet'} busy={make.isPending} onClick={() => make.mutate()}>
              {t(left === 0 ? 'make' : 'makeAgain')}
            </Button>
          </div>
        </>
      )}
    </Section>
  );
}
