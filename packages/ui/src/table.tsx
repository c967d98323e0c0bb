import type { ReactNode } from 'react';

/** A table with a caption for those who can't see where it stands. */
export function Table({ caption, head, children }: { caption: ReactNode; head: ReactNode; children: ReactNode }) {
  return (
    <table className="w-full border-collapse text-left">
      <caption className="sr-only">{caption}</caption>
      <thead className="border-edge border-b text-sm text-soft">{head}</thead>
      <tbody className="divide-y divide-line">{children}</tbody>
    </table>
  );
}

/** A column's heading. */
export function Th({ children, className = '' }: { children: ReactNode; className?: string }) {
  return (
    <th scope="col" className={`px-2 py-2 font-semibold first:pl-0 last:pr-0 ${className}`}>
      {children}
    </th>
  );
}

/** A cell. */
export function Td({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <td className={`px-2 py-3 align-top first:pl-0 last:pr-0 ${className}`}>{children}</td>;
}
