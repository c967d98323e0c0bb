import { Fragment } from 'react';

/** A handle that, where there is no room for it, is broken at its dots. */
export function Handle({ handle }: { handle: string }) {
  const parts = handle.split('.');
  return (
    <span className="wrap-break-word">
      @
      {parts.map((part, i) => (
        // Parts never move, and two may be the same.
        <Fragment key={`${i}-${part}`}>
          {i > 0 ? <wbr /> : null}
          {i > 0 ? `.${part}` : part}
        </Fragment>
      ))}
    </span>
  );
}
