'use client';
import { Button } from '@secateur/ui/button';
import { TextField } from '@secateur/ui/field';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';

type LedgerSearchProps = { term: string | null; onSearch: (term: string | null) => void };

/** Who is looked for, by name. */
export function LedgerSearch({ term, onSearch }: LedgerSearchProps) {
  const t = useTranslations('ledger');
  const [typed, setTyped] = useState(term ?? '');
  const [shown, setShown] = useState(term);
  // What was typed goes when the search is taken back from elsewhere.
  if (term !== shown) {
    setShown(term);
    setTyped(term ?? '');
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(typed.trim() === '' ? null : typed.trim());
  };
  return (
    <search>
      <form onSubmit={submit} className="grid max-w-2xl items-end gap-3 sm:grid-cols-[1fr_auto]">
        <TextField
          id="ledger-term"
          type="search"
          label={t('search')}
          hint={t('searchHint')}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={100}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <div>
          <Button type="submit">{t('submit')}</Button>
        </div>
      </form>
    </search>
  );
}
