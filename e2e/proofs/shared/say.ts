const begun = performance.now();

/** A line of progress, with the seconds since the proof began. */
export function say(text: string): void {
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1).padStart(6);
  process.stdout.write(`[${seconds} s] ${text}\n`);
}

/** What a proof found: its figures and, when a promise was broken, that promise's name. */
export type Finding = { figures: Record<string, unknown>; broke: string | null };

/** The last line: one JSON object. A broken promise makes the process fail. */
export function conclude({ figures, broke }: Finding): void {
  const verdict = broke === null ? { pass: true } : { pass: false, broke };
  process.stdout.write(`${JSON.stringify({ ...figures, ...verdict })}\n`);
  if (broke !== null) process.exitCode = 1;
}
