/**
 * Scrolls an element into sight if it is not, as little as that takes. It is asked where it lies once the next frame was laid out: asking
 * at once would lay out the window for the answer alone, in the task of the key that went there. Answers what calls it off.
 */
export function intoSight(element: Element): () => void {
  const observer = new IntersectionObserver((seen) => {
    observer.disconnect()
    if (seen.some(({ intersectionRatio }) => intersectionRatio < 1))
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })
  observer.observe(element)
  return () => observer.disconnect()
}
