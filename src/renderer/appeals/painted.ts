/** A window that is not seen draws no frames. */
const PATIENCE_MS = 120

/** Settles when what is being put on screen now was painted. */
export function painted(): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, PATIENCE_MS)
    // the second frame begins when the first was handed on
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        clearTimeout(timer)
        done()
      }),
    )
  })
}
