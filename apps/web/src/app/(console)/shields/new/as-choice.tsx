'use client';
import type { ConnectionView } from '@secateur/core/connections/schemas';
import { buttonLook } from '@secateur/ui/button-look';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { Notice } from '@secateur/ui/notice';
import Link from 'next/link';
import { useTranslations } from 'next-intl';

type AsChoiceProps = {
  connections: readonly ConnectionView[];
  chosen: readonly string[];
  setChosen: (ids: string[]) => void;
  error: string | undefined;
  /** Where something is that was named. */
  networks: readonly string[];
};

/** As which accounts. Those that aren't ready are shown, so that nobody wonders where they are. */
export function AsChoice({ connections, chosen, setChosen, error, networks }: AsChoiceProps) {
  const t = useTranslations();
  const none = connections.length === 0;
  if (none || connections.every(({ state }) => state !== 'ready')) {
    return (
      <div id="as" tabIndex={-1}>
        <Notice
          tone="warn"
          title={t('newShield.noAccount')}
          actions={
            <Link href="/accounts" className={buttonLook('quiet', 'small')}>
              {t('newShield.toAccounts')}
            </Link>
          }
        >
          {none ? t('newShield.noAccountText') : t('newShield.noneReady')}
        </Notice>
      </div>
    );
  }
  const hintFor = ({ network, state, rights }: ConnectionView) => {
    if (state !== 'ready') return t(`accounts.states.${state}`);
    const where = t(`accounts.network.${network}`);
    if (!networks.includes(network)) return `${where} · ${t('newShield.asIdle')}`;
    if (rights.length === 2) return where;
    return `${where} · ${t(`accounts.rights.${rights.includes('mute') ? 'mute' : 'block'}`)}`;
  };
  return (
    <ChoiceGroup id="as" legend={t('newShield.as')} error={error}>
      {connections.map((connection) => {
        const { id, handle, state } = connection;
        return (
          <Choice
            key={id}
            id={`as-${id}`}
            type="checkbox"
            label={t('common.handle', { handle })}
            hint={hintFor(connection)}
            disabled={state !== 'ready'}
            checked={chosen.includes(id)}
            onChange={(event) => setChosen(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />
        );
      })}
    </ChoiceGroup>
  );
}
