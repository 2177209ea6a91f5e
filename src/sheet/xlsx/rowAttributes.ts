import type { XmlCursor } from './xmlCursor.ts'

/** A row's number, `next` where it says none, and whether it is hidden. */
export function rowAttributes(cursor: XmlCursor, next: number): { row: number; hidden: boolean } {
  let row = next
  let hidden = false
  for (const [key, value] of cursor.attributes()) {
    if (key === 'r') row = /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : 0
    else if (key === 'hidden') hidden = /^\s*(1|true)\s*$/i.test(value)
  }
  return { row, hidden }
}
