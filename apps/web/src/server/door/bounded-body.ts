/** How much more than it may have is read of a body that is too long, so that who still sends it hears why. */
const HEARD_OUT = 32;

/**
 * The bytes of a request's body, or null when there are more than `most`. Counted as they arrive: a length that was
 * announced may be a lie, and a chunked body announces none. Of a body that is too long nothing more is kept.
 */
export async function boundedBody(request: Request, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size <= most) parts.push(part.value);
    else parts.length = 0;
    if (size > HEARD_OUT * most) return null;
  }
  if (size > most) return null;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
