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
  missing: boolean;
};

/** As which accounts. Those that aren't ready are shown, so that nobody wonders where they are. */
export function AsChoice({ connections, chosen, setChosen, missing }: AsChoiceProps) {
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
  const hintFor = (state: ConnectionView['state'], rights: ConnectionView['rights']) => {
    if (state !== 'ready') return t(`accounts.states.${state}`);
    return rights.length === 2 ? undefined : t(`accounts.rights.${rights.includes('mute') ? 'mute' : 'block'}`);
  };
  return (
    <ChoiceGroup id="as" legend={t('newShield.as')} error={missing ? t('newShield.asMissing') : undefined}>
      {connections.map(({ id, handle, state, rights }) => (
        <Choice
          key={id}
          id={`as-${id}`}
          type="checkbox"
          label={t('common.handle', { handle })}
          hint={hintFor(state, rights)}
          disabled={state !== 'ready'}
          checked={chosen.includes(id)}
          onChange={(event) => setChosen(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
        />
      ))}
    </ChoiceGroup>
  );
}
