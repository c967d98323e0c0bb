'use client';
import { Button } from '@secateur/ui/button';
import { useMutation } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { uploadFile } from '~/client/upload-file.ts';
import type { DraftSource } from '~/shield/draft-source.ts';

type BringFileProps = {
  networks: readonly NonNullable<DraftSource['network']>[];
  onBrought: (file: NonNullable<DraftSource['file']>) => void;
};

/** Takes a file from the member's own machine. */
export function BringFile({ networks, onBrought }: BringFileProps) {
  const t = useTranslations('newShield.file');
  const input = useRef<HTMLInputElement>(null);
  const upload = useMutation({ mutationFn: (file: File) => uploadFile(file, networks), onSuccess: onBrought });
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        aria-label={t('choose')}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) upload.mutate(file);
        }}
      />
      <Button type="button" look="quiet" busy={upload.isPending} onClick={() => input.current?.click()}>
        <FileUp aria-hidden size={20} />
        {upload.isPending ? t('bringing') : t('bring')}
      </Button>
      {upload.error ? (
        <div className="basis-full">
          <TroubleNotice error={upload.error} />
        </div>
      ) : null}
    </>
  );
}
