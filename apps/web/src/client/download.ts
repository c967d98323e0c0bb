import { AnswerError } from './trouble.ts';

type Watched = {
  /** Hears how many bytes are here so far. */
  onProgress?: (bytes: number) => void;
  signal?: AbortSignal;
};

/**
 * Asks one of our routes for a file and keeps it as the browser keeps downloads: only when it is whole. Throws what a page
 * can tell as trouble.
 */
export async function download(path: string, input: object, { onProgress, signal }: Watched = {}): Promise<void> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
    signal: signal ?? null,
  });
  if (!answer.ok) throw new AnswerError(await answer.json().catch(() => null));
  const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '';
  const type = answer.headers.get('content-type') ?? '';
  const body = answer.body?.pipeThrough(counting(onProgress ?? (() => {}))) ?? null;
  const url = URL.createObjectURL(await new Response(body, { headers: { 'content-type': type } }).blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

function counting(tell: (bytes: number) => void): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      tell(bytes);
      controller.enqueue(chunk);
    },
  });
}
