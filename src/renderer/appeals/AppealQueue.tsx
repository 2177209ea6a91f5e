import { Box, Button, Group, SegmentedControl, Skeleton, Text } from '@mantine/core'
import { IconEyeCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueFilter } from '../../contract/engine/appeal.ts'
import { bulkCapOf } from '../../domain/appealRules.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { mayOversee } from '../../domain/supervision.ts'
import { APPEALS_A_PAGE, appealPages } from '../app/appealPages.ts'
import { useNextAppeal } from '../app/nextAppeal.ts'
import { problemOf } from '../app/problems.ts'
import { useReading } from '../app/queries.ts'
import { useMay, useOfficer } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { useNow } from '../i18n/useNow.ts'
import { AppealTable } from '../ui/AppealTable.tsx'
import { NothingHere } from '../ui/NothingHere.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Screen } from '../ui/Screen.tsx'
import classes from './AppealQueue.module.css'
import { DecideManyDialog } from './DecideManyDialog.tsx'
import { isFiltered, NO_FILTER, QueueFilters } from './QueueFilters.tsx'
import { askOf, QUEUE_VIEWS, type QueueView, viewOf } from './queueViews.ts'

const DECIDABLE: readonly string[] = ['received', 'preliminary']

/** The queue by deadline. */
export function AppealQueue() {
  const { t } = useTranslation('appeals')
  const { number } = useFormat()
  const navigate = useNavigate()
  const { show = 'open' } = useSearch({ from: '/appeals' })
  const today = businessDate(new Date(useNow(300)).toISOString())
  const [filter, setFilter] = useState<QueueFilter>(NO_FILTER)
  const [many, setMany] = useState(false)
  const queue = useQueue(show, today, useDeferredValue(filter))
  const next = useNextAppeal()
  const mayClaim = useMay('claim')
  const officer = useOfficer()
  const policy = useReading('policies', {}).data?.at(-1)?.policy
  const cap = policy && officer ? bulkCapOf(policy, officer.role) : 0
  const rows = queue.data?.pages.flatMap((page) => page.rows) ?? []
  const total = queue.data?.pages[0]?.total ?? 0
  const free = rows
    .filter((row) => DECIDABLE.includes(row.state) && row.claimedBy === null && !row.pending)
    .filter(({ hearingAt }) => hearingAt === null || hearingAt <= today)
    .slice(0, cap)
  const asked = askOf(show, today)
  return (
    <Screen
      facts
      title={t('queue.title')}
      filled
      actions={
        mayClaim ? (
          <>
            <Button
              variant="default"
              disabled={free.length === 0}
              onClick={() => setMany(true)}
              data-testid="decide-many"
            >
              {t('many.button')}
            </Button>
            <Button loading={next.busy} onClick={() => void next.start()}>
              {t('queue.next')}
            </Button>
          </>
        ) : (
          officer !== null &&
          mayOversee(officer) && (
            <Button
              variant="default"
              leftSection={<IconEyeCheck size={16} aria-hidden />}
              onClick={() => void navigate({ to: '/appeals/supervision' })}
            >
              {t('supervision.title')}
            </Button>
          )
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
      <div className={classes.filters}>
        <QueueFilters
          filter={filter}
          change={setFilter}
          present={{
            state: asked.state,
            open: asked.open ?? false,
            mine: asked.mine ?? false,
            dueWithin: null,
            filter,
          }}
          apply={(view) => {
            setFilter(view.filter)
            void navigate({ to: '/appeals', search: { show: viewOf(view) } })
          }}
        />
      </div>
      <DecideManyDialog rows={free} cap={cap} opened={many} close={() => setMany(false)} />
      <div className={classes.rows}>
        {queue.error && <ProblemCard problem={problemOf(queue.error)} retry={() => void queue.refetch()} />}
        {rows.length > 0 && (
          <AppealTable
            label={t('queue.title')}
            rows={rows}
            columns={['id', 'applicant', 'imeis', 'model', 'route', 'state', 'received', 'claimedBy', 'due']}
          />
        )}
        {queue.isPending && (
          <Box p="md" aria-busy="true">
            <Skeleton height={240} />
          </Box>
        )}
        {queue.isSuccess && rows.length === 0 && (
          <NothingHere
            sentence={t('queue.empty')}
            action={
              isFiltered(filter) ? (
                <Button variant="default" size="xs" onClick={() => setFilter(NO_FILTER)}>
                  {t('filter.clear')}
                </Button>
              ) : show === 'open' ? null : (
                <Button
                  variant="default"
                  size="xs"
                  onClick={() => void navigate({ to: '/appeals', search: { show: 'open' } })}
                >
                  {t('queue.show-open')}
                </Button>
              )
            }
          />
        )}
        {queue.hasNextPage && (
          <Button
            variant="default"
            m="md"
            loading={queue.isFetchingNextPage}
            onClick={() => void queue.fetchNextPage()}
          >
            {t('queue.more', { count: APPEALS_A_PAGE })}
          </Button>
        )}
      </div>
    </Screen>
  )
}

function useQueue(view: QueueView, today: string, filter: QueueFilter) {
  return useInfiniteQuery(appealPages({ ...askOf(view, today), ...(isFiltered(filter) ? { filter } : {}) }))
}
