'use client';
import { type LedgerFilter, REASONS, STANDINGS } from '@secateur/core/ledger/schemas';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '~/client/trpc.ts';
import { useReason } from '~/shield/reason.ts';
import { FilterField } from './filter-field.tsx';

type LedgerFiltersProps = {
  filter: LedgerFilter;
  onChoose: (change: Partial<LedgerFilter>) => void;
  hidden: boolean;
  onHide: (hidden: boolean) => void;
};

/** What of the ledger is shown. What there is only one of is no choice. */
export function LedgerFilters({ filter, onChoose, hidden, onHide }: LedgerFiltersProps) {
  const t = useTranslations();
  const trpc = useTRPC();
  const reasonText = useReason();
  const shields = useQuery(trpc.shields.list.queryOptions({ before: null }));
  const connections = useQuery(trpc.connections.list.queryOptions());
  const accounts = connections.data ?? [];
  const networks = [...new Set(accounts.map(({ network }) => network))];
  const raised = (shields.data ?? []).filter(({ state }) => state !== 'preview');
  return (
    <fieldset className="grid gap-x-5 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
      <legend className="sr-only">{t('ledger.filter')}</legend>
      <FilterField
        name="standing"
        value={filter.standing}
        options={STANDINGS.map((standing) => [standing, t(`ledger.standings.${standing}`)])}
        onChoose={(standing) => onChoose({ standing })}
      />
      <FilterField
        name="reason"
        value={filter.reason}
        options={REASONS.map((reason) => [reason, reasonText(reason)])}
        onChoose={(reason) => onChoose({ reason })}
      />
      <FilterField
        name="shield"
        value={filter.shieldId}
        options={raised.map(({ id, subject, query, createdAt }) => [
          id,
          t('ledger.shieldOf', { name: hidden ? '…' : (subject?.handle ?? query), date: createdAt }),
        ])}
        onChoose={(shieldId) => onChoose({ shieldId })}
      />
      <FilterField
        name="account"
        value={filter.connectionId}
        options={accounts.map(({ id, handle }) => [id, t('common.handle', { handle })])}
        onChoose={(connectionId) => onChoose({ connectionId })}
      />
      <FilterField
        name="network"
        value={filter.network}
        options={networks.length > 1 ? networks.map((network) => [network, t(`accounts.network.${network}`)]) : []}
        onChoose={(network) => onChoose({ network })}
      />
      <FilterField
        name="action"
        value={filter.action}
        options={(['block', 'mute'] as const).map((action) => [action, t(`ledger.actions.${action}`)])}
        onChoose={(action) => onChoose({ action })}
      />
      <label className="flex items-start gap-3 sm:col-span-2 lg:col-span-3">
        <input
          type="checkbox"
          className="mt-0.5 size-5 shrink-0 accent-brand"
          aria-describedby="hide-names-hint"
          checked={hidden}
          onChange={({ target }) => onHide(target.checked)}
        />
        <span>
          <span className="block font-medium">{t('ledger.hide')}</span>
          <span id="hide-names-hint" className="block text-soft text-[0.94rem]">
            {t('ledger.hideHint')}
          </span>
        </span>
      </label>
    </fieldset>
  );
}
