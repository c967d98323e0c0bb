'use client';
import { Button } from '@secateur/ui/button';
import { buttonLook } from '@secateur/ui/button-look';
import { Card } from '@secateur/ui/card';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { useTRPC } from '~/client/trpc.ts';

const KEPT = 'secateur.steps-skipped';

/** Offers a passkey and a second contact to those who have neither, until they say that they don't want to be asked. */
export function NextSteps() {
  const t = useTranslations('nextSteps');
  const trpc = useTRPC();
  const skippedBefore = useSyncExternalStore(never, wasSkipped, () => true);
  const [skipped, setSkipped] = useState(false);
  const passkeys = useQuery(trpc.passkeys.list.queryOptions());
  const contact = useQuery(trpc.contact.get.queryOptions());
  if (skipped || skippedBefore || !passkeys.data || !contact.data) return null;
  const lacksPasskey = passkeys.data.passkeys.length === 0;
  const lacksContact = contact.data.second === null && contact.data.secondAsked === null;
  if (!lacksPasskey && !lacksContact) return null;
  const skip = () => {
    setSkipped(true);
    try {
      localStorage.setItem(KEPT, 'yes');
    } catch {
      // A browser that stores nothing asks again.
    }
  };
  return (
    <section aria-labelledby="next-steps" className="mt-10 max-w-3xl">
      <Card>
        <div className="grid gap-4">
          <h2 id="next-steps" className="text-xl">
            {t('heading')}
          </h2>
          {lacksPasskey ? (
            <div className="grid gap-2">
              <p>{t('passkey')}</p>
              <p>
                <Link href="/settings/security" className={buttonLook('quiet', 'small')}>
                  {t('addPasskey')}
                </Link>
              </p>
            </div>
          ) : null}
          {lacksContact ? (
            <div className="grid gap-2">
              <p>{t('contact')}</p>
              <p>
                <Link href="/settings/contact" className={buttonLook('quiet', 'small')}>
                  {t('nameContact')}
                </Link>
              </p>
            </div>
          ) : null}
          <div>
            <Button look="plain" size="small" className="-ml-3" onClick={skip}>
              {t('skip')}
            </Button>
          </div>
        </div>
      </Card>
    </section>
  );
}

const never = () => () => {};

function wasSkipped(): boolean {
  try {
    return localStorage.getItem(KEPT) !== null;
  } catch {
    return false;
  }
}
