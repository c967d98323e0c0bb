'use client';
import { askedBy } from '~/step-up/asked-by.ts';
import { useAsk } from '~/step-up/step-up-state.ts';
import { download } from './download.ts';

/** The same as `download`, which asks to confirm who it is where that is needed, and goes on then. */
export function useDownload(): typeof download {
  const ask = useAsk();
  return async (path, input) => {
    try {
      await download(path, input);
    } catch (error) {
      const asked = askedBy(error);
      if (!asked || !(await ask(asked))) throw error;
      await download(path, input);
    }
  };
}
