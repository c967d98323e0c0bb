import type { ReactNode } from 'react';
import { QuickExit } from './quick-exit.tsx';

/** A layout for pages outside the console that can be left in a hurry. */
export function Leavable({ children }: { children: ReactNode }) {
  return (
    <>
      <QuickExit />
      {children}
    </>
  );
}
