'use client';
import type { ConnectionView } from '@secateur/core/connections/schemas';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { useFormatter, useTranslations } from 'next-intl';
import { ACTIONS, barring } from '~/shield/draft.ts';
import type { ActionPartProps } from './draft-part.ts';

type ActionChoiceProps = Pick<ActionPartProps, 'setDraft' | 'action'> & { accounts: readonly ConnectionView[] };

/** Block or mute, with what each lets strangers see. What one of the accounts does not allow can't be chosen, and says why. */
export function ActionChoice({ setDraft, action, accounts }: ActionChoiceProps) {
  const t = useTranslations('newShield');
  const whyNot = useWhyNot(accounts);
  const bars = ACTIONS.map((one) => whyNot(one));
  // Where nothing at all can be done the server says so, which is better than two choices that are none.
  const barsAll = bars.every((why) => why !== null);
  return (
    <ChoiceGroup id="action" legend={t('action')}>
      {ACTIONS.map((one, n) => {
        const why = barsAll ? null : (bars[n] ?? null);
        return (
          <Choice
            key={one}
            id={`action-${one}`}
            type="radio"
            name="action"
            label={t(one)}
            hint={why ?? t(`${one}Hint`)}
            disabled={why !== null}
            checked={action === one}
            onChange={() => setDraft({ action: one })}
          />
        );
      })}
    </ChoiceGroup>
  );
}

/** Which of the accounts rule an action out, and why; null where none does. */
function useWhyNot(accounts: readonly ConnectionView[]): (action: (typeof ACTIONS)[number]) => string | null {
  const t = useTranslations();
  const format = useFormatter();
  return (action) => {
    const without = barring(action, accounts);
    if (without.length === 0) return null;
    const who = format.list(without.map(({ handle }) => t('common.handle', { handle })));
    const closed = action === 'block' && without.every(({ network }) => network === 'x');
    return t(closed ? 'newShield.notOnX' : 'newShield.notAllowed', {
      who,
      count: without.length,
      others: String(without.length < accounts.length),
    });
  };
}
