import {
  CellStyleModule,
  type ColDef,
  ColumnApiModule,
  type GridApi,
  type ICellRendererParams,
  type IDatasource,
  InfiniteRowModelModule,
  LocaleModule,
  RenderApiModule,
  RowApiModule,
  ScrollApiModule,
  TextEditorModule,
} from 'ag-grid-community'
import { AgGridProvider, AgGridReact } from 'ag-grid-react'
import { type ClipboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { notifyProblem } from '../../app/notify.tsx'
import classes from './DataGrid.module.css'
import type { GridAsk, GridColumn, GridRows, PastedBlock } from './gridColumn.ts'
import { gridTheme } from './gridTheme.ts'
import { pastedCells } from './pastedCells.ts'

const MODULES = [
  CellStyleModule,
  ColumnApiModule,
  InfiniteRowModelModule,
  LocaleModule,
  RenderApiModule,
  RowApiModule,
  ScrollApiModule,
  TextEditorModule,
]
const BLOCK = 200
const BLOCKS_KEPT = 20

interface Props<Row> {
  readonly label: string
  readonly columns: readonly GridColumn<Row>[]
  readonly keyOf: (row: Row) => string
  readonly fetch: (ask: GridAsk) => Promise<GridRows<Row>>
  /** Another value makes the grid ask for its rows again. */
  readonly version: string | number
  readonly empty: string
  readonly edited?: (row: Row, column: string, text: string) => void
  readonly pasted?: (block: PastedBlock<Row>) => void
  /** Enter or a double click on a row that cannot be edited. */
  readonly open?: (row: Row) => void
  /** Column that is to be in sight. */
  readonly show?: string | undefined
  /** Another value paints the rows again without asking for them: marks have changed. */
  readonly marks?: unknown
}

/**
 * Many rows, asked for in blocks as they come into sight: columns move, resize and sort, cells are edited in place, blocks are pasted
 * from a spreadsheet program.
 */
export function DataGrid<Row>(props: Props<Row>) {
  const { label, columns, version, marks, show } = props
  const { t } = useTranslation('common')
  const [api, setApi] = useState<GridApi<Row> | null>(null)
  // the grid keeps what it was given, so that it is given one object that always knows the newest props
  const now = useRef(props)
  now.current = props
  const defs = useMemo(() => columns.map(defOf), [columns])
  const [none, setNone] = useState(false)
  const source = useMemo(() => sourceOf(() => now.current, setNone, version), [version])
  useEffect(() => {
    if (marks !== undefined) api?.refreshCells({ force: true })
  }, [api, marks])
  useEffect(() => {
    if (show !== undefined) api?.ensureColumnVisible(show, 'middle')
  }, [api, show])
  return (
    <div
      className={classes.grid}
      onPaste={(event) => api && paste(event, api, now.current)}
      onCopy={(event) => api && copy(event, api)}
      data-grid={label}
    >
      <AgGridProvider modules={MODULES}>
        <AgGridReact<Row>
          theme={gridTheme}
          columnDefs={defs}
          context={label}
          rowModelType="infinite"
          datasource={source}
          cacheBlockSize={BLOCK}
          maxBlocksInCache={BLOCKS_KEPT}
          infiniteInitialRowCount={1}
          getRowId={({ data }) => now.current.keyOf(data)}
          getLocaleText={({ key, defaultValue }) => t(`grid.${key}`, { defaultValue })}
          readOnlyEdit
          suppressDragLeaveHidesColumns
          singleClickEdit={false}
          onGridReady={({ api: ready }) => {
            ready.setGridAriaProperty('label', label)
            setApi(ready)
          }}
          onCellEditRequest={({ data, colDef, newValue, oldValue }) => {
            const text = String(newValue ?? '')
            if (text !== String(oldValue ?? '')) now.current.edited?.(data, colDef.field as string, text)
          }}
          onCellDoubleClicked={({ data, colDef }) => !colDef.editable && data && now.current.open?.(data)}
          onCellKeyDown={(pressed) => {
            const { event, data } = pressed
            if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || !('colDef' in pressed)) return
            if (!pressed.colDef.editable && data) now.current.open?.(data)
          }}
        />
      </AgGridProvider>
      {none && <p className={classes.none}>{props.empty}</p>}
    </div>
  )
}

const defOf = <Row,>(column: GridColumn<Row>): ColDef<Row> => ({
  field: column.name as never,
  colId: column.name,
  headerName: column.label,
  valueGetter: ({ data }) => (data === undefined ? null : column.value(data)),
  ...(column.cell && {
    cellRenderer: ({ data }: ICellRendererParams<Row>): ReactNode => (data === undefined ? null : column.cell?.(data)),
  }),
  cellClass: ({ data }) =>
    [column.right ? classes.right : undefined, data && column.mark?.(data)].flatMap((name) => name || []),
  ...(column.right && { headerClass: classes.right ?? '' }),
  ...(column.width !== undefined && { width: column.width }),
  pinned: column.pinned ? 'left' : null,
  sortable: column.sortable === true,
  editable: column.editable === true,
  resizable: true,
  suppressHeaderMenuButton: true,
})

/** A new source for each version: the grid drops what it has and asks anew. */
function sourceOf<Row>(props: () => Props<Row>, none: (isSo: boolean) => void, _version: string | number): IDatasource {
  return {
    getRows: ({ startRow, endRow, sortModel, successCallback, failCallback }) => {
      const [by] = sortModel
      props()
        .fetch({
          start: startRow,
          end: endRow,
          sort: by ? { column: by.colId, descending: by.sort === 'desc' } : null,
        })
        .then(
          ({ rows, total }) => {
            const ends = total ?? (rows.length < endRow - startRow ? startRow + rows.length : -1)
            none(ends === 0)
            successCallback([...rows], ends)
          },
          (error: unknown) => {
            failCallback()
            notifyProblem(error)
          },
        )
    },
  }
}

const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement

function paste<Row>(event: ClipboardEvent, api: GridApi<Row>, { pasted }: Props<Row>): void {
  const at = api.getFocusedCell()
  if (!pasted || !at || isTyping(event.target)) return
  event.preventDefault()
  const cells = pastedCells(event.clipboardData.getData('text/plain'))
  const rows = cells.flatMap((_, i) => api.getDisplayedRowAtIndex(at.rowIndex + i)?.data ?? [])
  if (rows.length > 0) pasted({ rows, column: at.column.getColId(), cells: cells.slice(0, rows.length) })
}

function copy<Row>(event: ClipboardEvent, api: GridApi<Row>): void {
  const at = api.getFocusedCell()
  const data = at && api.getDisplayedRowAtIndex(at.rowIndex)?.data
  if (!at || !data || isTyping(event.target)) return
  event.preventDefault()
  const { valueGetter } = at.column.getColDef()
  const value = typeof valueGetter === 'function' ? valueGetter({ data } as never) : ''
  event.clipboardData.setData('text/plain', String(value ?? ''))
}
