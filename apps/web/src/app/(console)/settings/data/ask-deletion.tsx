'use client';
import { Card } from '@secateur/ui/card';
import { Notice } from '@secateur/ui/notice';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '~/client/trpc.ts';
import { useMay } from '~/tenant/use-may.ts';
import { DeletionForm } from './deletion-form.tsx';
import { WhatIsDeleted } from './what-is-deleted.tsx';

/** For owners what it means to delete everything, and the form that asks for it. */
export function AskDeletion({ onAsked }: { onAsked: (receipt: string) => void }) {
  const t = useTranslations('data.delete');
  const trpc = useTRPC();
  const may = useMay()('delete');
  const { data: tenant } = useQuery(trpc.tenants.current.queryOptions());
  if (!tenant) return null;
  return (
    <section aria-labelledby="delete-data" className="grid gap-5">
      <h2 id="delete-data" className="text-2xl">
        {t('heading')}
      </h2>
      {may ? (
        <>
          <WhatIsDeleted tenant={tenant} />
          <Card>
            <DeletionForm name={tenant.name} onAsked={onAsked} />
          </Card>
        </>
      ) : (
        <Notice title={t('notYours')}>{t('notYoursText')}</Notice>
      )}
    </section>
  );
}
