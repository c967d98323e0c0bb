'use client';
import type { ConnectionView } from '@secateur/core/connections/schemas';
import { Card } from '@secateur/ui/card';
import { Notice, type NoticeTone } from '@secateur/ui/notice';
import { Tag } from '@secateur/ui/tag';
import { useTranslations } from 'next-intl';
import { useProblem } from '~/client/use-problem.ts';
import { PersonName } from '~/parts/person-name.tsx';
import { useMay } from '~/tenant/use-may.ts';
import { AgainForm } from './again-form.tsx';
import { AlsoReads } from './also-reads.tsx';
import { Disconnect } from './disconnect.tsx';
import { Lasting } from './lasting.tsx';
import { MoveHere } from './move-here.tsx';
import { MovedAway } from './moved-away.tsx';
import { MovingHere } from './moving-here.tsx';
import { Renewal } from './renewal.tsx';
import { Standing } from './standing.tsx';

const TONES: Record<ConnectionView['state'], NoticeTone> = {
  connecting: 'note',
  ready: 'good',
  refused: 'danger',
  revoked: 'warn',
  leaving: 'note',
  gone: 'note',
  elsewhere: 'warn',
  moving: 'note',
};

/** One account, its state, and what mends it. */
export function AccountRow({ connection }: { connection: ConnectionView }) {
  const t = useTranslations('accounts');
  const problemSentence = useProblem();
  const may = useMay();
  const { id, handle, displayName, network, state, problem, createdAt, way } = connection;
  const { what, next } = problemSentence(problem ?? 'connection_revoked');
  const movedAway = connection.movedAt !== null && (state === 'leaving' || state === 'gone');
  const leaving = state === 'leaving' && !movedAway ? connection.leaving : null;
  const mayLeave = !movedAway && state !== 'elsewhere' && state !== 'moving' && may('connections.leave');
  const broken = state === 'refused' || state === 'revoked';
  return (
    <li>
      <Card>
        <div className="grid gap-3">
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <h2 className="text-lg">
              <PersonName displayName={displayName} handle={handle} />
            </h2>
            <span role="status">
              <Tag tone={TONES[state]}>{movedAway ? t(`movedAway.${state}`) : t(`states.${state}`)}</Tag>
            </span>
          </div>
          {state === 'connecting' && !problem ? <p className="text-soft">{t('connectingText', { network })}</p> : null}
          {state === 'connecting' && problem ? (
            <Notice tone="warn" title={what}>
              {next}
            </Notice>
          ) : null}
          {state === 'ready' ? (
            <p className="text-soft">
              {t(`network.${network}`)} · {t('readySince', { date: createdAt })} · {t(`way.${way}`)}
            </p>
          ) : null}
          {movedAway ? <MovedAway connection={connection} /> : null}
          {state === 'elsewhere' && may('connections') ? <MoveHere connection={connection} /> : null}
          {state === 'moving' ? <MovingHere connection={connection} /> : null}
          {leaving && problem ? (
            <>
              <Notice tone="warn" title={what}>
                {t('leavingStuck')}
              </Notice>
              {may('connections') ? <AgainForm id={id} handle={handle} network={network} /> : null}
            </>
          ) : null}
          {leaving ? (
            <p className="text-soft">
              {t(`leavingText.${leaving}`, { held: connection.held })}{' '}
              {way === 'password' ? t('leavingPassword') : null}
            </p>
          ) : null}
          <Renewal connection={connection} />
          {state === 'ready' ? <Lasting connection={connection} /> : null}
          {state === 'ready' ? <AlsoReads connection={connection} /> : null}
          {state === 'ready' ? <p className="text-soft">{t(`means.${network}`)}</p> : null}
          {state === 'ready' || leaving ? <Standing connection={connection} /> : null}
          {broken ? (
            <>
              <Notice tone={TONES[state]} title={what}>
                {next}
              </Notice>
              {may('connections') ? <AgainForm id={id} handle={handle} network={network} /> : null}
            </>
          ) : null}
          {mayLeave ? <Disconnect connection={connection} /> : null}
        </div>
      </Card>
    </li>
  );
}
