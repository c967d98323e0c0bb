'use client';
import { buttonLook } from '@secateur/ui/button-look';
import { Notice } from '@secateur/ui/notice';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { useSignedOut } from './session-state.ts';

/** Shown above everything once the session turned out to be over, until it lives again. It takes the focus. */
export function SignedOutNotice() {
  const t = useTranslations('signedOut');
  const path = usePathname();
  const signedOut = useSignedOut();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (signedOut) ref.current?.focus();
  }, [signedOut]);
  if (!signedOut) return null;
  return (
    <div ref={ref} tabIndex={-1} className="mb-6">
      <Notice
        tone="warn"
        live="alert"
        title={t('title')}
        actions={
          <a href={`/sign-in?back=${encodeURIComponent(path)}`} className={buttonLook('primary', 'small')}>
            {t('signIn')}
          </a>
        }
      >
        {t('text')}
      </Notice>
    </div>
  );
}
