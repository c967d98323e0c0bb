'use client';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { TextField } from '@secateur/ui/field';
import { Notice } from '@secateur/ui/notice';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';

/** The link to the receipt, which is shown once: of its token nothing but a hash is kept. */
export function KeepReceipt({ token, onKept }: { token: string; onKept: () => void }) {
  const t = useTranslations('deletion.receipt');
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.querySelector('input')?.focus(), []);
  const link = new URL('/receipt', location.origin);
  link.hash = token;
  return (
    <Card className="grid gap-4">
      <Notice tone="warn" live="status" title={t('title')}>
        {t('text')}
      </Notice>
      <div ref={field}>
        <TextField
          id="receipt-link"
          label={t('label')}
          readOnly
          value={link.href}
          onFocus={(event) => event.target.select()}
        />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button look="quiet" onClick={() => void navigator.clipboard.writeText(link.href).then(() => setCopied(true))}>
          {t('copy')}
        </Button>
        <Button onClick={onKept}>{t('done')}</Button>
        <span role="status">{copied ? t('copied') : null}</span>
      </div>
    </Card>
  );
}
