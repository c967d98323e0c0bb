'use client';
import type { ShieldView } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useMay } from '~/tenant/use-may.ts';
import { ShareDialog } from './share-dialog.tsx';

/** The way to let others use whom a shield covers, on each network by itself. Not of one made from somebody else's list. */
export function ShareList({ shield }: { shield: ShieldView }) {
  const t = useTranslations();
  const may = useMay();
  const networks = [...new Set(shield.sources.map(({ network }) => network))];
  const [on, setOn] = useState<(typeof networks)[number] | null>(null);
  const theirs = shield.sources.some(({ kind }) => kind === 'shared');
  if (theirs || shield.state === 'gathering' || !may('lists')) return null;
  return (
    <Card>
      <div className="grid gap-4">
        <h2 className="text-xl">{t('lists.share.heading')}</h2>
        <p>{t('lists.share.text')}</p>
        <div className="flex flex-wrap gap-3">
          {networks.map((network) => (
            <Button key={network} look="quiet" onClick={() => setOn(network)}>
              {networks.length === 1
                ? t('lists.share.submit')
                : t('lists.share.on', { network: t(`accounts.network.${network}`) })}
            </Button>
          ))}
        </div>
      </div>
      <ShareDialog shieldId={shield.id} network={on} onClose={() => setOn(null)} />
    </Card>
  );
}
