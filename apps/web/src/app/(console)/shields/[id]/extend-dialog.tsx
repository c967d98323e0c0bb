'use client';
import { DEMO_HOLDS, HOLD_NAMES, HOLDS, type Hold } from '@secateur/core/shields/policy';
import { Button } from '@secateur/ui/button';
import { Dialog } from '@secateur/ui/dialog';
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
    <Dialog
      open={open}
      title={t('shield.extend.title')}
      onClose={onClose}
      actions={
        <>
          <Button busy={busy} onClick={() => onYes(chosen)}>
            {t('shield.extend.submit')}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t('common.back')}
          </Button>
        </>
      }
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
    </Dialog>
  );
}

function isLonger(a: number | null, b: number | null): boolean {
  return b !== null && (a === null || a > b);
}
