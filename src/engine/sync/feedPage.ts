/** Events asked for at once. */
export const FEED_PAGE = 1000
