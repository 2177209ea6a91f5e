import { STORED } from '../rowBatch.ts'
import { SheetError } from '../sheetError.ts'

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const DATE = /^\d{4,}-\d\d-\d\d(T\d\d:\d\d:\d\d([.,]\d+)?Z?)?$/
const TIME = /^PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S$/

/** What a cell says of its value in its attributes. */
export interface OdsCellAttributes {
  /** `office:value-type`, or null. */
  readonly type: string | null
  readonly value: string
  readonly formula: boolean
  readonly error: boolean
}

/** The cell as a batch stores it; `stored` is 0 when it is empty. `shown` is its text, the place is for messages. */
export function odsValue(
  cell: OdsCellAttributes,
  shown: string,
  place: { row: number; column: number },
): { stored: number; text: string } {
  const { type, value } = cell
  const checked = (pattern: RegExp): string => {
    if (pattern.test(value)) return value
    throw new SheetError('sheet-broken-part', { reason: 'value', value: value.slice(0, 80), ...place })
  }
  if (cell.error) return { stored: STORED.error, text: shown === '' ? '#ERR!' : shown }
  switch (type) {
    case null:
      if (shown !== '') return { stored: STORED.text, text: shown }
      return { stored: cell.formula ? STORED.uncalculated : 0, text: '' }
    case 'string': {
      const text = shown === '' ? value : shown
      return { stored: text === '' ? 0 : STORED.text, text }
    }
    case 'float':
    case 'percentage':
    case 'currency':
      return { stored: STORED.number, text: checked(NUMBER) }
    case 'boolean':
      return { stored: STORED.bool, text: checked(/^(true|false)$/) === 'true' ? '1' : '0' }
    case 'date':
      return { stored: STORED.isoDate, text: isoOf(checked(DATE)) }
    case 'time':
      return { stored: STORED.isoDate, text: timeOf(checked(TIME)) }
    default:
      throw new SheetError('sheet-unsupported', { found: `office:value-type="${type}"`, ...place })
  }
}

/** Without fractions of a second, and without a time that is midnight. */
function isoOf(value: string): string {
  return value.replace(/([.,]\d+)?Z?$/, '').replace(/T00:00:00$/, '')
}

/** `PT14H05M00S` as `14:05:00`; a longer span keeps its hours. */
function timeOf(value: string): string {
  return (TIME.exec(value) ?? [])
    .slice(1)
    .map((part) => part.padStart(2, '0'))
    .join(':')
}
