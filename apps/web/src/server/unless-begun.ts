/**
 * The same chunks. Where not one of them was made, `giveBack` is called. One is enough to use up what was confirmed: all but the
 * last one of a file are nearly all of it.
 */
export async function* unlessBegun<T>(chunks: AsyncIterable<T>, giveBack: () => Promise<void>): AsyncGenerator<T> {
  let begun = false;
  try {
    for await (const chunk of chunks) {
      begun = true;
      yield chunk;
    }
  } finally {
    if (!begun) await giveBack();
  }
}
