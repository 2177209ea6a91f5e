import { Anchor, SimpleGrid, Text } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { ChartFigure } from '../ui/chart/ChartFigure.tsx'
import type { ChartData } from '../ui/chart/chartData.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { OperatorsBehind } from './OperatorsBehind.tsx'

type Board = Output<EngineContract['dashboard']>
const DAYS = 60

/** What a supervisor watches: lists over time, deadlines ahead, the backlog, operators behind. Each point leads to its rows. */
export function Dashboard() {
  const board = useReading('dashboard', { days: DAYS })
  return (
    <Loaded query={board} lines={6}>
      {(found) => (
        <SimpleGrid cols={2} spacing="lg" verticalSpacing="lg" data-testid="dashboard">
          <Lists board={found} />
          <Ahead board={found} />
          <Backlog board={found} />
          <OperatorsBehind operators={found.operators} />
        </SimpleGrid>
      )}
    </Loaded>
  )
}

function Lists({ board }: { readonly board: Board }) {
  const { t } = useTranslation('work')
  const { shortDate } = useFormat()
  const navigate = useNavigate()
  /** What came to the lists and left them on that day. */
  const pick = (index: number): void => {
    const day = board.lists[index]?.day
    if (day) void navigate({ to: '/reports', search: { report: 'inflow', by: 'kind', from: day, to: day } })
  }
  const data = useMemo<ChartData>(() => {
    const of = (list: 'grey' | 'black' | 'white') => ({
      name: t(`board.${list}`),
      values: board.lists.map((day) => day[list]),
    })
    return {
      kind: 'lines',
      categories: board.lists.map(({ day }) => shortDate(day)),
      series: [of('grey'), of('black'), of('white')],
    }
  }, [board.lists, shortDate, t])
  return (
    <Panel
      title={t('board.lists')}
      actions={
        <Anchor
          size="sm"
          renderRoot={(props) => <Link to="/reports" search={{ report: 'lists', by: 'day' }} {...props} />}
        >
          {t('board.report')}
        </Anchor>
      }
    >
      <ChartFigure
        label={t('board.lists')}
        heading={t('board.day')}
        data={data}
        height={240}
        pick={pick}
        picks={t('board.moves')}
      />
    </Panel>
  )
}

function Ahead({ board }: { readonly board: Board }) {
  const { t } = useTranslation('work')
  const { number, shortDate } = useFormat()
  const navigate = useNavigate()
  const { days, overdue } = board.deadlines
  /** The IMEIs whose last day it is. */
  const pick = (index: number): void => {
    const day = days[index]?.day
    const filter = { list: 'grey', deadlineFrom: day, deadlineTo: day } as const
    if (day) void navigate({ to: '/registry', search: { show: 'lists', filter } })
  }
  const data = useMemo<ChartData>(
    () => ({
      kind: 'columns',
      categories: days.map(({ day }) => shortDate(day)),
      series: [{ name: t('board.imeis'), values: days.map(({ count }) => count) }],
    }),
    [days, shortDate, t],
  )
  return (
    <Panel
      title={t('board.ahead')}
      actions={
        <Anchor size="sm" renderRoot={(props) => <Link to="/registry" search={{ show: 'runs' }} {...props} />}>
          {t('board.overdue', { count: overdue, imeis: number(overdue) })}
        </Anchor>
      }
    >
      <ChartFigure
        label={t('board.imeis')}
        heading={t('board.day')}
        data={data}
        height={240}
        pick={pick}
        picks={t('board.rows')}
      />
    </Panel>
  )
}

function Backlog({ board }: { readonly board: Board }) {
  const { t } = useTranslation(['work', 'term'])
  const { number, shortDate } = useFormat()
  const navigate = useNavigate()
  const { flow, open, overdue, states } = board.backlog
  /** The appeals received on that day, by their state. */
  const pick = (index: number): void => {
    const day = flow[index]?.day
    if (day) void navigate({ to: '/reports', search: { report: 'appeals', by: 'state', from: day, to: day } })
  }
  const data = useMemo<ChartData>(
    () => ({
      kind: 'columns',
      categories: flow.map(({ day }) => shortDate(day)),
      series: [
        { name: t('board.received'), values: flow.map(({ received }) => received) },
        { name: t('board.decided'), values: flow.map(({ decided }) => decided) },
      ],
    }),
    [flow, shortDate, t],
  )
  return (
    <Panel
      title={t('board.backlog')}
      actions={
        <Anchor size="sm" renderRoot={(props) => <Link to="/appeals" search={{ show: 'overdue' }} {...props} />}>
          {t('board.open', { count: open, appeals: number(open), late: number(overdue) })}
        </Anchor>
      }
    >
      <ChartFigure
        label={t('board.backlog')}
        heading={t('board.day')}
        data={data}
        height={210}
        pick={pick}
        picks={t('board.appeals')}
      />
      <Text size="sm" c="dimmed">
        {states.map(({ state, count }) => `${t(`term:appealState.${state}`)} ${number(count)}`).join(' · ')}
      </Text>
    </Panel>
  )
}
