'use client';
import { DEMO_HOLDS, HOLD_NAMES, HOLDS, type Hold } from '@secateur/core/shields/policy';
import { AskDialog } from '@secateur/ui/ask-dialog';
import { SelectField } from '@secateur/ui/field';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

type ExtendDialogProps = {
  open: boolean;
  busy: boolean;
  /** How long it holds now, in seconds. */
  hold: number | null;
  onClose: () => void;
  onYes: (hold: Hold) => void;
};

/** Asks for how much longer. Only longer times than now are offered. */
export function ExtendDialog({ open, busy, hold, onClose, onYes }: ExtendDialogProps) {
  const t = useTranslations();
  const longer = HOLD_NAMES.filter((name) => !DEMO_HOLDS.includes(name) && isLonger(HOLDS[name], hold));
  const [wanted, setWanted] = useState<Hold | null>(null);
  const chosen = wanted && longer.includes(wanted) ? wanted : (longer[0] ?? 'forever');
  return (
    <AskDialog
      open={open}
      title={t('shield.extend.title')}
      yes={t('shield.extend.submit')}
      no={t('common.back')}
      busy={busy}
      onYes={() => onYes(chosen)}
      onClose={onClose}
    >
      <SelectField
        id="longer"
        label={t('shield.extend.hold')}
        hint={t('shield.extend.text')}
        value={chosen}
        onChange={(event) => setWanted(event.target.value as Hold)}
      >
        {longer.map((name) => (
          <option key={name} value={name}>
            {t(`holds.${name}`)}
          </option>
        ))}
      </SelectField>
    </AskDialog>
  );
}

function isLonger(a: number | null, b: number | null): boolean {
  return b !== null && (a === null || a > b);
}
