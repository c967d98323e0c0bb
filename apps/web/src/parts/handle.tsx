import { Fragment } from 'react';

/** A handle. It is kept on one line, and broken at its dots, or before its server, where a line is too short for it. */
export function Handle({ handle }: { handle: string }) {
  const parts = handle.split(/(?=[.@])/);
  return (
    <span className="inline-block max-w-full wrap-break-word">
      @
      {parts.map((part, i) => (
        // Parts never move, and two may be the same.
        <Fragment key={`${i}-${part}`}>
          {i > 0 ? <wbr /> : null}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
