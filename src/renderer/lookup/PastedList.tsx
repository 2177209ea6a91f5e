import { Button, Group, Stack } from '@mantine/core'
import { IconFileSpreadsheet, IconFileText } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Found, ShownOfList } from '../../contract/engine/lookup.ts'
import { useJob } from '../app/jobs.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { problemOf } from '../app/problems.ts'
import { engine } from '../app/queries.ts'
import { shell } from '../app/shell.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { JobProgress } from '../ui/JobProgress.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Tiles } from '../ui/Tiles.tsx'
import { ListRows } from './ListRows.tsx'

type FoundList = Extract<Found, { kind: 'list' }>
const LISTS = ['white', 'grey', 'black', 'none', 'unusable'] as const

/** A pasted list: how many are on which list, the rows of one of them, and the same as a file. */
export function PastedList({ text, name }: { readonly text: string; readonly name: string }) {
  const found = useQuery({
    queryKey: ['pasted', name],
    queryFn: async () => {
      const answer = await engine.call('find', { text, job: name })
      if (answer.kind !== 'list') throw new Error(`${answer.kind} is no list`)
      return answer
    },
  })
  const job = useJob(name)
  if (found.error) return <ProblemCard problem={problemOf(found.error)} retry={() => void found.refetch()} />
  if (!found.data) return job && <JobProgress job={job} />
  return <Counted key={found.data.list} found={found.data} again={() => void found.refetch()} />
}

function Counted({ found, again }: { readonly found: FoundList; readonly again: () => void }) {
  const { t } = useTranslation(['lookup', 'term'])
  const { number } = useFormat()
  const [show, setShow] = useState<ShownOfList>('all')
  const tiles = [
    { name: 'all', label: t('many.all'), value: number(found.total) },
    ...LISTS.map((list) => ({
      name: list,
      label: list === 'unusable' ? t('unusable') : t(`term:list.${list}`),
      value: number(found.counts[list]),
      alarming: list === 'black' && found.counts.black > 0,
    })),
  ]
  return (
    <Stack gap="md" data-testid="pasted-list">
      <Tiles
        label={t('many.counts')}
        tiles={tiles}
        chosen={show}
        choose={(chosen) => setShow(chosen === show ? 'all' : (chosen as ShownOfList))}
      />
      <Group justify="flex-end">
        <ExportList list={found.list} show={show} />
      </Group>
      <ListRows list={found.list} show={show} total={show === 'all' ? found.total : found.counts[show]} again={again} />
    </Stack>
  )
}

const FORMATS = [
  { format: 'xlsx', icon: IconFileSpreadsheet },
  { format: 'csv', icon: IconFileText },
] as const

/** Writes the rows shown as a file. */
function ExportList({ list, show }: { readonly list: string; readonly show: ShownOfList }) {
  const { t } = useTranslation('lookup')
  const language = useLanguage()
  const { number } = useFormat()
  const [busy, setBusy] = useState(false)
  const write = async (format: 'csv' | 'xlsx'): Promise<void> => {
    const target = await shell('pick-target', { title: t('many.export'), suggested: `imei-${show}.${format}` })
    if (!target) return
    setBusy(true)
    try {
      const job = crypto.randomUUID()
      const written = await engine.call('list-export', { list, show, format, language, target: target.token, job })
      notifyDone(t('many.written', { count: written.rows, rows: number(written.rows), file: target.name }))
    } finally {
      setBusy(false)
    }
  }
  return FORMATS.map(({ format, icon: Icon }) => (
    <Button
      key={format}
      variant="default"
      leftSection={<Icon size={18} aria-hidden />}
      loading={busy}
      onClick={() => void write(format).catch(notifyProblem)}
      data-testid={`list-${format}`}
    >
      {t(`many.${format}`)}
    </Button>
  ))
}
