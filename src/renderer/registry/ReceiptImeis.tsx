import { SegmentedControl, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePages } from '../app/usePages.ts'
import { PagedTable } from '../ui/PagedTable.tsx'

const PAGE = 200
const STATES = ['refused', 'missing', 'strange'] as const
type State = (typeof STATES)[number]

/** IMEIs of a receipt that need a look: refused, never mentioned, or never sent. */
export function ReceiptImeis({ file }: { readonly file: number }) {
  const { t } = useTranslation('registry')
  const [state, setState] = useState<State>('refused')
  const pages = usePages(
    'receipt-imeis',
    (after: string | null) => ({ file, state, after, limit: PAGE }),
    (rows) => (rows.length < PAGE ? null : (rows.at(-1)?.imei14 ?? null)),
    [file, state],
  )
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t('operator.column.receipt')}
        data={STATES.map((value) => ({ value, label: t(`operator.column.${value}`) }))}
        value={state}
        onChange={(value) => setState(value as State)}
      />
      <PagedTable
        title={t('operator.receipt-of', { no: file })}
        columns={[
          { name: 'imei', label: t('grid.imei') },
          { name: 'code', label: t('operator.code') },
        ]}
        pages={pages}
        rows={pages.all.flat()}
        keyOf={({ imei14 }) => imei14}
        empty={t('operator.nothing-here')}
        cell={(row, column) =>
          column === 'imei' ? (
            <Link to="/lookup" search={{ imei: row.imei14 }} className="tamga-imei">
              {row.imei14}
            </Link>
          ) : (
            row.code
          )
        }
      />
    </Stack>
  )
}
