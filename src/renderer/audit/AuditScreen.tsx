import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useOfficerName } from '../app/officerNames.ts'
import { problemOf } from '../app/problems.ts'
import { useActing } from '../app/queries.ts'
import { usePages } from '../app/usePages.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { PagedTable } from '../ui/PagedTable.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Screen } from '../ui/Screen.tsx'

const PAGE = 100
const COLUMNS = ['no', 'at', 'officer', 'act', 'subject', 'hash'] as const

/** Who did what: the registry's append-only log, and the proof that this desk's cache agrees with it. */
export function AuditScreen() {
  const { t } = useTranslation(['audit', 'common'])
  const verify = useActing('verify')
  return (
    <Screen
      title={t('common:rail.audit')}
      actions={
        <Button
          leftSection={<IconShieldCheck size={18} aria-hidden />}
          onClick={() => verify.mutate({})}
          loading={verify.isPending}
        >
          {t('verify')}
        </Button>
      }
    >
      <Stack gap="lg">
        {verify.error && <ProblemCard problem={problemOf(verify.error)} />}
        {verify.data && <Verified {...verify.data} />}
        <Entries />
      </Stack>
    </Screen>
  )
}

interface Proof {
  readonly cache: { readonly equal: boolean; readonly rows: number; readonly digest: string }
  readonly audit: { readonly entries: number; readonly root: string; readonly ok: boolean }
}

function Verified({ cache, audit }: Proof) {
  const { t } = useTranslation('audit')
  const { number } = useFormat()
  const good = cache.equal && audit.ok
  return (
    <Alert
      color={good ? 'teal.9' : 'red.9'}
      variant="outline"
      title={t(good ? 'good' : 'bad')}
      data-verified={good}
      role="status"
    >
      <Text size="sm">{t(cache.equal ? 'cache-equal' : 'cache-differs', { rows: number(cache.rows) })}</Text>
      <Text size="sm">{t(audit.ok ? 'chain-whole' : 'chain-broken', { entries: number(audit.entries) })}</Text>
      <Text size="xs" c="dimmed">
        {audit.root}
      </Text>
    </Alert>
  )
}

function Entries() {
  const { t } = useTranslation(['audit'])
  const officerName = useOfficerName()
  const { instant, number } = useFormat()
  const pages = usePages(
    'audit',
    (before: number | null) => ({ before, limit: PAGE }),
    ({ entries }) => (entries.length < PAGE ? null : (entries.at(-1)?.no ?? null)),
    [],
  )
  return (
    <PagedTable
      title={t('log')}
      columns={COLUMNS.map((name) => ({ name, label: t(name), right: name === 'no' }))}
      pages={pages}
      rows={pages.all.flatMap((page) => page.entries)}
      keyOf={({ no }) => no}
      empty={t('empty')}
      cell={(entry, column) => {
        switch (column) {
          case 'no':
            return number(entry.no)
          case 'at':
            return instant(entry.at)
          case 'act':
            return t(`acts.${entry.act}`, { defaultValue: entry.act })
          case 'hash':
            return entry.hash.slice(0, 12)
          case 'officer':
            return officerName(entry.officer)
          default:
            return entry.subject
        }
      }}
    />
  )
}
