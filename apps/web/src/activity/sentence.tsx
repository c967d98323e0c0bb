'use client';
import type { TrailEntry } from '@secateur/core/trail/schemas';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Handle } from '~/parts/handle.tsx';

/** What was done and by whom, in one sentence. */
export function Sentence({ entry }: { entry: TrailEntry }) {
  const t = useTranslations('activity');
  return t.rich(`said.${entry.action}`, {
    who: () => <Who entry={entry} />,
    what: () => <What entry={entry} />,
    count: entry.count,
  });
}

function Who({ entry: { actorKind, actorName, isYou } }: { entry: TrailEntry }): ReactNode {
  const t = useTranslations('activity.who');
  if (isYou) return t('you');
  if (actorKind === 'operator' || actorKind === 'system') return t(actorKind);
  if (actorName === null) return t('gone');
  const name = <bdi className="font-medium wrap-anywhere">{actorName}</bdi>;
  return actorKind === 'helper' ? t.rich('helper', { name: () => name }) : name;
}

/** A profile's handle; what was typed, where the account was never found, is no handle. */
const HANDLE = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

function What({ entry: { about, subjectName } }: { entry: TrailEntry }): ReactNode {
  const t = useTranslations('activity.unknown');
  if (subjectName === null) return about === 'member' ? t('person') : t('account');
  if (about !== 'member' && HANDLE.test(subjectName)) {
    return (
      <span className="font-medium">
        <Handle handle={subjectName} />
      </span>
    );
  }
  return <bdi className="font-medium wrap-anywhere">{subjectName}</bdi>;
}
