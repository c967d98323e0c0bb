/**
 * An error without its words. A message may quote what somebody sent, a password among it (JSON.parse does, so do databases
 * and networks), and so may any property. What is left says what it was and where: the line in our source says the rest.
 */
export type Bare = {
  type: string;
  /** Properties that are codes: of ours, of Node, of PostgreSQL, of HTTP. */
  codes: Record<string, string | number>;
  /** Frames of the stack: function, file, line. */
  at: string[];
  cause?: Bare;
};

/** Properties that are codes by their meaning. Whatever does not look like one is left out all the same. */
const CODES = ['code', 'status', 'problem', 'why', 'key', 'constraint', 'table', 'syscall'] as const;
const LOOKS_LIKE_A_CODE = /^[\w.-]{1,64}$/;
/** A frame names a file, a line and a column: v8.dev/docs/stack-trace-api. */
const FRAME = /^ {4}at (?:[\w$.<>[\] #]+ \()?(?:file:\/\/|node:|\/)[\w/@.+~:()[\]%-]+:\d+:\d+\)?$/;
/** Causes that are followed, and frames that are kept of each. */
const DEEPEST = 5;
const FRAMES = 12;

/** The bare error, its causes' too. Anything thrown that is no error is a type and nothing else. */
export function bare(error: unknown, depth = 1): Bare {
  if (!(error instanceof Error)) return { type: typeof error, codes: {}, at: [] };
  const cause = depth < DEEPEST && error.cause !== undefined ? bare(error.cause, depth + 1) : undefined;
  return { type: typeOf(error), codes: codesOf(error), at: framesOf(error), ...(cause ? { cause } : {}) };
}

/**
 * The same as an error, for keeping as another one's cause: its name is the type, its message the codes. For errors from
 * without, which hold requests, answers and headers.
 */
export function bareError(error: unknown): Error {
  return asError(bare(error));
}

function asError({ type, codes, at, cause }: Bare): Error {
  const message = Object.values(codes).join(' ');
  const error = new Error(message, cause ? { cause: asError(cause) } : {});
  error.name = type;
  error.stack = [`${type}: ${message}`, ...at.map((frame) => `    at ${frame}`)].join('\n');
  return Object.assign(error, codes);
}

function typeOf(error: Error): string {
  return LOOKS_LIKE_A_CODE.test(error.name) ? error.name : 'Error';
}

function codesOf(error: Error): Record<string, string | number> {
  const given = error as unknown as Record<string, unknown>;
  return Object.fromEntries(
    CODES.flatMap((name): [string, string | number][] => {
      const value = given[name];
      const fit = typeof value === 'number' || (typeof value === 'string' && LOOKS_LIKE_A_CODE.test(value));
      return fit ? [[name, value]] : [];
    }),
  );
}

function framesOf({ stack = '', message }: Error): string[] {
  // The message stands before the frames, and could hold lines that look like some.
  const words = stack.indexOf(message);
  const after = words < 0 ? stack : stack.slice(words + message.length);
  const frames = after.split('\n').filter((line) => FRAME.test(line));
  return frames.slice(0, FRAMES).map((line) => line.slice(7));
}
