/**
 * A picture inside a PDF that unpacks to more pixels is left out when its page is drawn: a scan of A3 at 600 dpi has 70 million. The officer
 * is told of it.
 */
export const MOST_PIXELS_IN_PDF = 100_000_000
