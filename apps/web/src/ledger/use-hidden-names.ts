'use client';
import { useState, useSyncExternalStore } from 'react';

const KEPT = 'secateur.names-hidden';

/** Whether names are hidden on this device, for who would rather not look. */
export function useHiddenNames(): [boolean, (hidden: boolean) => void] {
  const before = useSyncExternalStore(never, wereHidden, () => true);
  const [chosen, setChosen] = useState<boolean | null>(null);
  const choose = (hidden: boolean) => {
    setChosen(hidden);
    try {
      if (hidden) localStorage.setItem(KEPT, 'yes');
      else localStorage.removeItem(KEPT);
    } catch {
      // A browser that stores nothing hides them for now.
    }
  };
  return [chosen ?? before, choose];
}

const never = () => () => {};

function wereHidden(): boolean {
  try {
    return localStorage.getItem(KEPT) !== null;
  } catch {
    return false;
  }
}
