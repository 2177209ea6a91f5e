import { Alert, Button, Stack, Table, Text } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../app/problems.ts'
import { useActing } from '../app/queries.ts'
import { usePages } from '../app/usePages.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel } from '../ui/Panel.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Screen } from '../ui/Screen.tsx'

const PAGE = 100

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
  const { instant, number } = useFormat()
  const pages = usePages(
    'audit',
    (before: number | null) => ({ before, limit: PAGE }),
    ({ entries }) => (entries.length < PAGE ? null : (entries.at(-1)?.no ?? null)),
    [],
  )
  const entries = pages.all.flatMap((page) => page.entries)
  return (
    <Panel title={t('log')} flush>
      {pages.error && <ProblemCard problem={problemOf(pages.error)} />}
      {entries.length === 0 && !pages.loading && !pages.error && <EmptyState sentence={t('empty')} />}
      {entries.length > 0 && (
        <Table aria-label={t('log')} highlightOnHover stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="right">{t('no')}</Table.Th>
              <Table.Th>{t('at')}</Table.Th>
              <Table.Th>{t('officer')}</Table.Th>
              <Table.Th>{t('act')}</Table.Th>
              <Table.Th>{t('subject')}</Table.Th>
              <Table.Th>{t('hash')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entries.map((entry) => (
              <Table.Tr key={entry.no}>
                <Table.Td ta="right">{number(entry.no)}</Table.Td>
                <Table.Td>{instant(entry.at)}</Table.Td>
                <Table.Td>{entry.officer}</Table.Td>
                <Table.Td>{t(`acts.${entry.act}`, { defaultValue: entry.act })}</Table.Td>
                <Table.Td>{entry.subject}</Table.Td>
                <Table.Td>{entry.hash.slice(0, 12)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {pages.more && (
        <Button variant="subtle" fullWidth onClick={pages.more} loading={pages.loading}>
          {t('more')}
        </Button>
      )}
    </Panel>
  )
}
