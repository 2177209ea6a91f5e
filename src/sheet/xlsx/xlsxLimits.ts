/** The sheet of a spreadsheet program ends here (row 1,048,576, column XFD). */
export const LAST_ROW = 1_048_576
export const LAST_COLUMN = 16_384

/** A cell holds at most 32,767 characters; with markup of every letter it stays below this many bytes. Also for other single tags. */
export const LONGEST_CELL = 8 << 20
/** Bytes of one row, markup included. */
export const LONGEST_ROW = 64 << 20
/** Bytes of the shared strings, unpacked: they are the one part that has to be in memory. */
export const LARGEST_STRINGS = 512 << 20
/** Bytes of workbook.xml, the styles and the like. */
export const LARGEST_SMALL_PART = 32 << 20
