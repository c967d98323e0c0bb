'use client';
import { Button } from '@secateur/ui/button';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { AppealForm } from './appeal-form.tsx';

/** The form, and after it the same words for everybody. */
export function Appeal() {
  const t = useTranslations('appeal');
  const [sent, setSent] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (sent) heading.current?.focus();
  }, [sent]);
  if (sent) {
    return (
      <div className="grid gap-5">
        <h1 ref={heading} tabIndex={-1} className="text-3xl">
          {t('sent')}
        </h1>
        <p>{t('sentText')}</p>
        <div>
          <Button look="quiet" onClick={() => setSent(false)}>
            {t('another')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="grid gap-7">
      <div className="grid gap-3">
        <h1 className="text-3xl">{t('heading')}</h1>
        <p>{t('intro')}</p>
        <ul className="grid list-disc gap-2 pl-5">
          <li>{t('reaches')}</li>
          <li>{t('silent')}</li>
          <li>{t('careful')}</li>
        </ul>
      </div>
      <AppealForm onSent={() => setSent(true)} />
    </div>
  );
}
