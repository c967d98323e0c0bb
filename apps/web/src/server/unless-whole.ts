/** The same chunks. Where they end early, by a fault or because nobody reads on, `giveBack` is called. */
export async function* unlessWhole<T>(chunks: AsyncIterable<T>, giveBack: () => Promise<void>): AsyncGenerator<T> {
  let whole = false;
  try {
    yield* chunks;
    whole = true;
  } finally {
    if (!whole) await giveBack();
  }
}
