'use client';
import type { PreviewView } from '@secateur/core/shields/schemas';
import { Notice } from '@secateur/ui/notice';
import { useFormatter, useTranslations } from 'next-intl';
import { Fact, Facts } from '~/parts/facts.tsx';
import { useHoldName } from '~/shield/hold-name.ts';
import { dollars } from '~/spending/dollars.ts';

/** What it costs, how long it takes, when it is lifted, and who can see it. */
export function Figures({ view }: { view: PreviewView }) {
  const t = useTranslations();
  const format = useFormatter();
  const holdName = useHoldName();
  const { action, connections, networks, cost, state, listedAt, finishesAt, firstLiftAt, lastLiftAt } = view;
  const perHour = Math.min(...networks.map((network) => network.perHour));
  const left = networks.flatMap(({ leftPerDay }) => leftPerDay ?? []);
  const accounts = format.list(connections.map(({ handle }) => t('common.handle', { handle })));
  const available = Math.floor(cost.available);
  const ending = connections.filter(({ endsAt }) => endsAt !== null && lastLiftAt !== null && endsAt < lastLiftAt);
  return (
    <section aria-labelledby="figures" className="grid gap-2">
      <h2 id="figures" className="text-xl">
        {t('preview.figures')}
      </h2>
      <Facts>
        <Fact name={t('preview.actionLabel')}>
          {t('preview.actionValue', { action, accounts })}
          {networks.map(({ network, public: isPublic, endsFollows }) => (
            <span key={network} className="block font-normal">
              {networks.length > 1 ? `${t(`accounts.network.${network}`)}: ` : null}
              {isPublic ? t('preview.publicYes') : t('preview.publicNo')}
              {endsFollows ? ` ${t('preview.endsFollows')}` : null}
            </span>
          ))}
        </Fact>
        <Fact name={t('shield.hold')}>{holdName(view.hold)}</Fact>
        <Fact name={t('preview.costLabel')}>
          {cost.tokens > available
            ? t('preview.costMore', { tokens: cost.tokens, available, perDay: cost.perDay })
            : t('preview.cost', { tokens: cost.tokens, available })}
        </Fact>
        {view.money ? (
          <Fact name={t('preview.moneyLabel')}>
            {t(view.money.most > view.money.left ? 'preview.moneyMore' : 'preview.money', {
              most: dollars(view.money.most),
              left: dollars(view.money.left),
            })}
          </Fact>
        ) : null}
        {state === 'listing' && listedAt ? (
          <Fact name={t('preview.listedLabel')}>{t('preview.listedBy', { date: listedAt })}</Fact>
        ) : null}
        <Fact name={t('preview.timeLabel')}>
          {finishesAt ? t('preview.time', { date: finishesAt, perHour }) : t('preview.timeUnknown')}
        </Fact>
        <Fact name={t('preview.liftLabel')}>
          {firstLiftAt && lastLiftAt
            ? t('preview.lift', { first: firstLiftAt, last: lastLiftAt })
            : t(view.hold === null ? 'preview.liftNever' : 'preview.liftEach')}
        </Fact>
        <Fact name={t('newShield.keep')}>{t(`preview.keepUp.${view.keepUp}`)}</Fact>
        {left.length > 0 ? (
          <Fact name={t('preview.leftLabel')}>{t('preview.left', { count: Math.min(...left) })}</Fact>
        ) : null}
      </Facts>
      {ending.map(({ id, handle, endsAt }) => (
        <Notice key={id} tone="warn" title={t('preview.endsBefore', { handle, date: endsAt ?? new Date(0) })}>
          {t('preview.endsBeforeText')}
        </Notice>
      ))}
    </section>
  );
}
