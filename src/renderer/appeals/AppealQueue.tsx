import { Button, Group, SegmentedControl, Skeleton, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { businessDate } from '../../domain/businessDate.ts'
import { useNextAppeal } from '../app/nextAppeal.ts'
import { problemOf } from '../app/problems.ts'
import { engine } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { useNow } from '../i18n/useNow.ts'
import { AppealTable } from '../ui/AppealTable.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Screen } from '../ui/Screen.tsx'
import classes from './AppealQueue.module.css'
import { askOf, QUEUE_VIEWS, type QueueView } from './queueViews.ts'

const PAGE = 100

/** The queue by deadline. */
export function AppealQueue() {
  const { t } = useTranslation('appeals')
  const { number } = useFormat()
  const navigate = useNavigate()
  const { show = 'open' } = useSearch({ from: '/appeals' })
  const today = businessDate(new Date(useNow(300)).toISOString())
  const queue = useQueue(show, today)
  const next = useNextAppeal()
  const mayClaim = useMay('claim')
  const rows = queue.data?.pages.flatMap((page) => page.rows) ?? []
  const total = queue.data?.pages[0]?.total ?? 0
  return (
    <Screen
      title={t('queue.title')}
      filled
      actions={
        mayClaim && (
          <Button loading={next.busy} onClick={() => void next.start()}>
            {t('queue.next')}
          </Button>
        )
      }
    >
      <Group className={classes.views} justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label={t('queue.view')}
          data={QUEUE_VIEWS.filter((view) => view !== 'drafts').map((value) => ({
            value,
            label: t(`queue.show.${value}`),
          }))}
          value={show === 'drafts' ? 'mine' : show}
          onChange={(view) => void navigate({ to: '/appeals', search: { show: view as QueueView } })}
        />
        <Text size="sm" c="dimmed" data-figures>
          {queue.isSuccess && t('queue.total', { count: total, total: number(total) })}
        </Text>
      </Group>
      <div className={classes.rows}>
        {queue.error && <ProblemCard problem={problemOf(queue.error)} retry={() => void queue.refetch()} />}
        {rows.length > 0 && (
          <AppealTable
            label={t('queue.title')}
            rows={rows}
            columns={['id', 'applicant', 'imeis', 'model', 'route', 'state', 'received', 'claimedBy', 'due']}
          />
        )}
        {queue.isPending && <Skeleton height={240} m="md" aria-busy="true" />}
        {queue.isSuccess && rows.length === 0 && <EmptyState sentence={t('queue.empty')} />}
        {queue.hasNextPage && (
          <Button
            variant="default"
            m="md"
            loading={queue.isFetchingNextPage}
            onClick={() => void queue.fetchNextPage()}
          >
            {t('queue.more', { count: PAGE })}
          </Button>
        )}
      </div>
    </Screen>
  )
}

type After = { dueAt: string; id: string } | null

function useQueue(view: QueueView, today: string) {
  const asked = askOf(view, today)
  return useInfiniteQuery({
    queryKey: ['appeals', 'paged', asked],
    initialPageParam: null as After,
    queryFn: ({ pageParam }) => engine.call('appeals', { ...asked, after: pageParam, limit: PAGE }),
    getNextPageParam: ({ rows }): After | undefined => {
      const last = rows.at(-1)
      return rows.length < PAGE || !last ? undefined : { dueAt: last.dueAt, id: last.id }
    },
  })
}
