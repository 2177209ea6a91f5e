import type { ImportKind } from '../../batch.ts'
import type { List } from '../../listing.ts'
import { historyRule } from '../historyRule.ts'

/** The list that makes no sense beside a kind of report. A stolen phone was white before: that is no contradiction. */
const CONTRARY: Readonly<Partial<Record<ImportKind, List>>> = {
  customs: 'black',
  legacy: 'black',
  counterfeit: 'white',
}

/** The IMEI stands on the list that contradicts this one: declared though black, or counterfeit though white. */
export const onOtherList = historyRule({
  code: 'on-other-list',
  scope: 'history',
  level: 'warning',
  field: 'imei1',
  find(row, { listing }) {
    if (row.op === 'remove' || listing.list === 'none' || listing.list !== CONTRARY[row.kind]) return null
    return { list: listing.list, reason: listing.reason ?? '', since: listing.since ?? '' }
  },
})
