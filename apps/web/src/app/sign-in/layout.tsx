import type { ReactNode } from 'react';
import { QuickExit } from '~/parts/quick-exit.tsx';

export default function SignInLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <QuickExit />
      {children}
    </>
  );
}
