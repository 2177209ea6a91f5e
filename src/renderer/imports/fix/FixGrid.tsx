import { Button, Group, Text } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { checkText } from '../../../contract/checkText.ts'
import type { FixRowShown } from '../../../contract/engine/fix.ts'
import type { CheckCode } from '../../../domain/checks/finding.ts'
import type { EditedCell } from '../../../domain/fix/fixStep.ts'
import { engine, useReading } from '../../app/queries.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useLanguage } from '../../i18n/useLanguage.ts'
import { DataGrid } from '../../ui/grid/DataGrid.tsx'
import type { GridColumn } from '../../ui/grid/gridColumn.ts'
import { Panel } from '../../ui/Panel.tsx'
import { setWizard } from '../wizard.ts'
import classes from './Fix.module.css'
import { applyEdits, editCells } from './fixActs.ts'
import type { ChosenGroup } from './ProblemGroups.tsx'

interface Props {
  readonly batch: string
  /** Changes with every correction. */
  readonly version: string
  readonly group: ChosenGroup | null
  readonly edits: readonly EditedCell[]
  readonly busy: boolean
}

/** Name of a field's column in the grid. */
const columnShown = (
  columns: readonly { readonly column: number; readonly field: string | null }[],
  field: string,
): string | undefined => {
  const found = columns.find((column) => column.field === field)
  return found && `c${found.column}`
}

const NARROW = 64
const PROBLEMS_WIDTH = 320
const CELL_WIDTH = 150

/** Rows with problems with all their cells: edited in place, pasted into from a spreadsheet program; edits wait until they are applied together. */
export function FixGrid({ batch, version, group, edits, busy }: Props) {
  const { t } = useTranslation(['imports', 'check'])
  const { number } = useFormat()
  const language = useLanguage()
  const narrowed = { batch, code: group?.code ?? null, field: group?.field ?? null }
  const head = useReading('fix-rows', { ...narrowed, offset: 0, limit: 1 })
  const columns = head.data?.columns
  const waiting = useMemo(() => new Map(edits.map((edit) => [`${edit.row}:${edit.column}`, edit.text])), [edits])
  const shown = useMemo((): GridColumn<FixRowShown>[] => {
    const textOf = (row: FixRowShown, column: number): string =>
      waiting.get(`${row.row}:${column}`) ?? row.cells[column] ?? ''
    const problemsOf = (row: FixRowShown): string =>
      row.problems
        .map(({ code, value, details }) => checkText(code as CheckCode, { value, ...details }, language).message)
        .join(' ')
    const markOf = (row: FixRowShown, column: number): string | undefined => {
      if (waiting.has(`${row.row}:${column}`)) return classes.waiting
      const problem = row.problems.find((p) => p.column === column)
      if (problem) return problem.severity === 'error' ? classes.wrong : classes.doubtful
      return row.originals[column] === undefined ? undefined : classes.corrected
    }
    return [
      { name: 'row', label: t('column.row'), value: (row) => row.row, width: NARROW, right: true, pinned: true },
      {
        name: 'problems',
        label: t('column.problem'),
        value: problemsOf,
        width: PROBLEMS_WIDTH,
        pinned: true,
        mark: () => classes.problems,
      },
      ...(columns ?? []).map(
        ({ column, header }): GridColumn<FixRowShown> => ({
          name: `c${column}`,
          label: header,
          value: (row) => textOf(row, column),
          mark: (row) => markOf(row, column),
          width: CELL_WIDTH,
          editable: !busy,
        }),
      ),
    ]
  }, [columns, waiting, language, t, busy])
  const columnOf = (name: string): number => (/^c\d+$/.test(name) ? Number(name.slice(1)) : -1)
  return (
    <Panel
      title={group ? t(`check:${group.code}.title`, { defaultValue: group.code }) : t('problems.all')}
      flush
      actions={
        edits.length > 0 && (
          <Group gap={8} data-testid="fix-waiting">
            <Text size="sm">{t('fix.waiting', { count: edits.length, cells: number(edits.length) })}</Text>
            <Button size="compact-sm" onClick={() => void applyEdits()} disabled={busy} data-testid="fix-apply-edits">
              {t('fix.apply-edits')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setWizard({ edits: [] })} disabled={busy}>
              {t('fix.drop-edits')}
            </Button>
          </Group>
        )
      }
    >
      <div className={classes.grid}>
        {columns && (
          <DataGrid<FixRowShown>
            label={t('problems.all')}
            columns={shown}
            keyOf={({ row }) => String(row)}
            empty={t('problems.none')}
            version={`${version}|${narrowed.code}|${narrowed.field}`}
            marks={waiting}
            show={group?.field ? columnShown(columns, group.field) : undefined}
            fetch={({ start, end }) =>
              engine.call('fix-rows', { ...narrowed, offset: start, limit: Math.min(500, end - start) })
            }
            edited={(row, name, text) => {
              const column = columnOf(name)
              if (column >= 0) editCells([{ row: row.row, column, text, before: row.cells[column] ?? '' }])
            }}
            pasted={({ rows, column: name, cells }) => {
              const first = columnOf(name)
              if (first < 0) return
              const width = columns.length
              editCells(
                rows.flatMap((row, i) =>
                  (cells[i] ?? []).slice(0, width - first).map((text, j) => ({
                    row: row.row,
                    column: first + j,
                    text,
                    before: row.cells[first + j] ?? '',
                  })),
                ),
              )
            }}
          />
        )}
      </div>
      <Text size="xs" c="dimmed" className={classes.hint}>
        {t('fix.grid-hint')}
      </Text>
    </Panel>
  )
}
