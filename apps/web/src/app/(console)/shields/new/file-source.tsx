'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '~/client/trpc.ts';
import type { DraftSource } from '~/shield/draft-source.ts';
import { FileFaults } from '~/shield/file-faults.tsx';

/** A file that was brought: what of it is understood, line by line what is not. */
export function FileSource({ file }: { file: NonNullable<DraftSource['file']> }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const { data: upload } = useQuery(trpc.uploads.get.queryOptions({ id: file.id }));
  return (
    <div className="grid gap-3">
      <p className="wrap-anywhere">
        <span className="font-semibold">{file.name}</span>{' '}
        <span className="text-soft">· {t(`accounts.network.${file.network}`)}</span>
      </p>
      {upload ? (
        <>
          <p className="tabular-nums">
            {upload.lines === 0
              ? t('newShield.file.shared', { count: upload.complete ? upload.size : upload.readable })
              : t('newShield.file.readable', { readable: upload.readable, lines: upload.lines })}
          </p>
          <FileFaults upload={upload} />
        </>
      ) : null}
    </div>
  );
}
