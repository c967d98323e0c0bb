/** What a member's browser talks to: the web app itself, or its procedures in this process. */
export type Front = {
  /** Sends a request as a page of ours would and gives back what came. */
  send(
    path: string,
    request: { method: 'GET' | 'POST'; headers?: Record<string, string>; body?: string },
  ): Promise<Answer>;
  /** What a browser that is on its way to its own network, or back, is to do next. Neither: to wait. */
  step(flow: string): Promise<{ go?: string; problem?: string }>;
  /** The network sends the browser back with this. */
  comeBack(query: string): Promise<void>;
  /**
   * Somebody whom it doesn't know begins to sign in with an account of theirs, in a browser of their own, and wants it
   * connected. `visit` takes them to their own server and says what they bring back. Who `stays` comes back in that browser
   * and is let in; of who doesn't, it hears what they brought and no more. Gives back the flow's id, not waiting for its end.
   */
  signIn(handle: string, visit: (url: string) => Promise<string>, stays: boolean): Promise<string>;
  /** Every byte that came back so far, headers included. */
  heard(): Buffer;
  /** Everything that the process behind it printed. */
  printed(): Buffer;
  /** From now on seals to this key. */
  sealTo(publicKey: string): Promise<void>;
  close(): Promise<void>;
};
export type Answer = { status: number; text: string };

/** Calls a mutation over the wire. Throws the problem that it answers. */
export async function mutate<Result>(front: Front, path: string, input: object): Promise<Result> {
  const body = JSON.stringify({ json: input });
  return read(path, await front.send(`/api/trpc/${path}`, { method: 'POST', headers: JSON_TYPE, body }));
}

/** Asks a query over the wire, by POST as our pages do: what they ask for is to be in no address. */
export async function ask<Result>(front: Front, path: string, input: object | null): Promise<Result> {
  const body = JSON.stringify(input === null ? {} : { json: input });
  return read(path, await front.send(`/api/trpc/${path}`, { method: 'POST', headers: JSON_TYPE, body }));
}

const JSON_TYPE = { 'content-type': 'application/json' };

function read<Result>(path: string, { status, text }: Answer): Result {
  if (status !== 200) throw new Error(`${path} answered ${status}: ${text.slice(0, 300)}`);
  return JSON.parse(text).result.data.json;
}
