/** Version of the desk ↔ registry protocol. A registry serves a range; a desk outside it is told `registry-version`. */
export const PROTOCOL = 1
/** Version of the engine contract (window, command line ↔ engine); both sides ship together, so it must be equal. */
export const ENGINE_CONTRACT = 1
/** Version of the segment format (segment.ts). */
export const SEGMENT_FORMAT = 1
