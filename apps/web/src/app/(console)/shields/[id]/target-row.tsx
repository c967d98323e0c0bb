'use client';
import type { Outcome, TargetView } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { Td } from '@secateur/ui/table';
import { Tag } from '@secateur/ui/tag';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { PersonName } from '~/parts/person-name.tsx';
import { useReason } from '~/shield/reason.ts';

const TONES: Record<Outcome, ComponentProps<typeof Tag>['tone']> = {
  waiting: 'plain',
  sending: 'plain',
  done: 'good',
  lifting: 'plain',
  lifted: 'plain',
  spared: 'note',
  already: 'note',
  lifted_by_you: 'note',
  kept: 'note',
  failed: 'danger',
  kept_by_another: 'note',
  never_done: 'plain',
};

/** Outcomes that undoing one person still changes. */
const UNDOABLE: readonly Outcome[] = ['waiting', 'sending', 'done'];

type TargetRowProps = { id: string; target: TargetView };

/** One person, with what became of it and why. */
export function TargetRow({ id, target }: TargetRowProps) {
  const t = useTranslations('shield.targets');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const undo = useMutation(
    trpc.shields.undoTarget.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.shields.pathFilter()),
    }),
  );
  const { profileId, accountId, handle, displayName, outcome } = target;
  return (
    <tr data-outcome={outcome}>
      <Td>
        <PersonName displayName={displayName} handle={handle} />
        <div className="mt-1 md:hidden">
          <What target={target} />
        </div>
        {undo.error ? <TroubleNotice error={undo.error} /> : null}
      </Td>
      <Td className="max-md:hidden">
        <What target={target} />
      </Td>
      <Td className="text-right">
        {UNDOABLE.includes(outcome) ? (
          <Button
            look="quiet"
            size="small"
            aria-label={t('undoOf', { handle })}
            busy={undo.isPending}
            onClick={() => undo.mutate({ id, accountId, profileId })}
          >
            {t('undo')}
          </Button>
        ) : null}
      </Td>
    </tr>
  );
}

function What({ target }: Pick<TargetRowProps, 'target'>) {
  const t = useTranslations();
  const reasonText = useReason();
  const { action, outcome, reason, weakened, confirmedAt, liftAt } = target;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Tag tone={TONES[outcome]}>{t(`outcomes.${outcome}`, { action })}</Tag>
      <span className="text-soft text-sm">
        {reason ? reasonText(reason) : null}
        {weakened ? `${t('shield.targets.weakened', { reason: reasonText(weakened) })} · ` : null}
        {outcome === 'done' && confirmedAt ? t('shield.targets.confirmed', { date: confirmedAt }) : null}
        {outcome === 'done' && liftAt ? ` · ${t('shield.targets.liftAt', { date: liftAt })}` : null}
      </span>
    </div>
  );
}
