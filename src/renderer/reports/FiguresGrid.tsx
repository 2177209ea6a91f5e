import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/useFormat.ts'
import { DataGrid } from '../ui/grid/DataGrid.tsx'
import type { GridAsk, GridColumn } from '../ui/grid/gridColumn.ts'
import type { Found } from './Preview.tsx'

type Row = Found['table']['rows'][number]

/** The figures of a report with many groups, sorted by whichever column; the total is the first row. */
export function FiguresGrid({ found }: { readonly found: Found }) {
  const { t } = useTranslation(['reports', 'report'])
  const { number } = useFormat()
  const { measures, rows, totals } = found.table
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      { name: 'label', label: t(`report:by.${found.by}`), value: (row) => row.label, width: 320, sortable: true },
      { name: 'key', label: t('report:document.code'), value: (row) => row.key, width: 180, sortable: true },
      ...measures.map(({ name, label, decimals }, i) => ({
        name,
        label,
        // a total that would mean nothing is none
        value: (row: Row) => (Number.isFinite(row.values[i]) ? number(row.values[i] ?? 0, decimals) : ''),
        width: 140,
        right: true,
        sortable: true,
      })),
    ],
    [found.by, measures, number, t],
  )
  const total: Row = {
    key: 'total',
    label: t('report:document.total'),
    values: totals.map((value) => value ?? Number.NaN),
  }
  const fetch = async ({ start, end, sort }: GridAsk) => {
    const sorted = sort ? rows.toSorted(compare(sort.column, sort.descending, measures)) : rows
    return { rows: [total, ...sorted].slice(start, end), total: rows.length + 1 }
  }
  return (
    <div style={{ height: 460 }}>
      <DataGrid<Row>
        label={t('figures')}
        columns={columns}
        keyOf={(row) => row.key}
        empty={t('report:document.none')}
        version={JSON.stringify([found.report, found.by, found.asOf.seq, totals, rows.length])}
        fetch={fetch}
      />
    </div>
  )
}

const compare =
  (column: string, descending: boolean, measures: Found['table']['measures']) =>
  (a: Row, b: Row): number => {
    const i = measures.findIndex(({ name }) => name === column)
    const by =
      i >= 0
        ? (a.values[i] ?? 0) - (b.values[i] ?? 0)
        : column === 'key'
          ? order(a.key, b.key)
          : order(a.label, b.label)
    return descending ? -by : by
  }

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
