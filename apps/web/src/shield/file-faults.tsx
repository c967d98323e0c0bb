'use client';
import type { UploadView } from '@secateur/core/uploads/schemas';
import { useTranslations } from 'next-intl';

/** The lines of a file that name no account, or one that there is not, closed until somebody looks. */
export function FileFaults({ upload }: { upload: UploadView }) {
  const t = useTranslations('newShield.file');
  const count = upload.lines - upload.readable + upload.unknown;
  // A list that somebody shares has no lines.
  if (upload.lines === 0 || count === 0) return null;
  return (
    <details className="rounded-control border border-line bg-surface">
      <summary className="px-4 py-3 font-medium">{t('faults', { count })}</summary>
      <ol className="divide-y divide-line border-line border-t">
        {upload.faults.map(({ line, text, why }) => (
          <li key={line} className="grid gap-0.5 px-4 py-2">
            <span className="wrap-anywhere">
              <span className="text-soft tabular-nums">{t('line', { line })}</span> <bdi>{text}</bdi>
            </span>
            <span className="text-soft text-sm">{t(why)}</span>
          </li>
        ))}
      </ol>
      {upload.faults.length < count ? (
        <p className="border-line border-t px-4 py-2 text-soft">{t('more', { shown: upload.faults.length, count })}</p>
      ) : null}
    </details>
  );
}
