/**
 * What a system says when a file cannot grow: the disk is full, the quota of this person is used up, the process may not write a
 * larger file. To whoever wanted to write they are one trouble, `disk-full`.
 */
const NO_ROOM: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

export const isNoRoom = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && NO_ROOM.has(error.code)
