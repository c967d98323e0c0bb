'use client';
import { Dialog } from '@secateur/ui/dialog';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { ByLink } from './by-link.tsx';
import { ByPasskey } from './by-passkey.tsx';
import { useStepUp } from './step-up-state.ts';

/** Asks somebody to confirm that it is them, over whatever they are doing. */
export function StepUpDialog() {
  const t = useTranslations('stepUp');
  const { asked, answer } = useStepUp();
  // The browser says that a dialog was closed when we close it too: only what is open can be answered.
  const open = useRef(false);
  open.current = asked !== null;
  const settle = (confirmed: boolean) => {
    if (!open.current) return;
    open.current = false;
    answer(confirmed);
  };
  return (
    <Dialog open={asked !== null} title={t('title')} onClose={() => settle(false)}>
      {asked ? (
        <>
          <p>{t('why', { deed: asked.deed })}</p>
          {asked.way === 'passkey' ? <ByPasskey onDone={settle} /> : null}
          {asked.way === 'link' || asked.way === 'day' ? <ByLink asked={asked} onDone={settle} /> : null}
        </>
      ) : null}
    </Dialog>
  );
}
