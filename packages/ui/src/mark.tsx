/** The sign: a branch and the cut through it. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg aria-hidden="true" focusable="false" width={size} height={size} viewBox="0 0 32 32" fill="none">
      <path d="M16 30V19" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
      <path d="M16 19c0-6 4.500-9.500 10.500-10 .5 6-3.500 10.200-10.500 10Z" fill="currentColor" />
      <path d="M16 22c0-4.500-3.500-7.500-9-8-.2 5 3.500 8.200 9 8Z" fill="currentColor" opacity=".62" />
      <path d="M7 5.500 25 3" stroke="currentColor" strokeWidth="2.500" strokeLinecap="round" strokeDasharray="5 4" />
    </svg>
  );
}
