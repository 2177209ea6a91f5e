import { Stack } from '@mantine/core'
import { useState } from 'react'
import { type GridFilter, isRangeOnly } from '../../contract/gridFilter.ts'
import { useReading } from '../app/queries.ts'
import { FilterBar } from './FilterBar.tsx'
import { GridTable } from './GridTable.tsx'
import { EVERYTHING } from './gridFilters.ts'
import { ListingCounts } from './ListingCounts.tsx'
import { SavedViews } from './SavedViews.tsx'

/** The lists by any filter: figures, filters with what there is to choose from, saved views, rows and files. */
export function Lists({ begin }: { readonly begin: GridFilter | undefined }) {
  const [filter, setFilter] = useState<GridFilter>(begin ?? { ...EVERYTHING, list: 'black' })
  const counts = useReading('grid-counts', { filter })
  return (
    <Stack gap="sm">
      <ListingCounts show={(list, reason) => setFilter({ ...EVERYTHING, list, reason })} />
      <FilterBar
        filter={filter}
        counts={counts.data ?? null}
        change={setFilter}
        views={<SavedViews filter={filter} show={setFilter} />}
      />
      <GridTable
        filter={filter}
        total={counts.data?.total ?? null}
        atRegistry={filter.list === 'white' && !isRangeOnly(filter)}
      />
    </Stack>
  )
}
