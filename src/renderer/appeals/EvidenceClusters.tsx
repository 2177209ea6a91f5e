import { Group, Stack, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'

type Cluster = Output<EngineContract['evidence-clusters']>[number]
type Shared = Cluster['shared'][number]

const KINDS = ['evidence', 'look', 'receipt', 'crossing', 'tracking', 'imei'] as const
/** Of a group, so many appeals and shared things are named; the others are counted. */
const NAMED = { appeals: 24, shared: 6 }

/** Appeals that hang together by papers, copied pictures, numbers or IMEIs, the largest group first: where a supervisor looks for fixers. */
export function EvidenceClusters() {
  const { t } = useTranslation('appeals')
  const found = useReading('evidence-clusters', {})
  return (
    <Panel title={t('cluster.title')} flush>
      <Loaded query={found}>
        {(clusters) => (clusters.length === 0 ? <EmptyState sentence={t('cluster.none')} /> : <Groups of={clusters} />)}
      </Loaded>
    </Panel>
  )
}

function Groups({ of }: { readonly of: readonly Cluster[] }) {
  const { t } = useTranslation('appeals')
  const { number } = useFormat()
  return (
    <Table.ScrollContainer minWidth={820}>
      <Table aria-label={t('cluster.title')} highlightOnHover verticalSpacing="xs">
        <Table.Caption>{t('cluster.hint')}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right">{t('cluster.count')}</Table.Th>
            <Table.Th ta="right">{t('cluster.applicants')}</Table.Th>
            <Table.Th>{t('cluster.shared')}</Table.Th>
            <Table.Th>{t('cluster.appeals')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.map(({ appeals, applicants, shared }) => (
            <Table.Tr key={appeals[0]} data-testid="cluster">
              <Table.Td ta="right">{number(appeals.length)}</Table.Td>
              <Table.Td ta="right">{number(applicants)}</Table.Td>
              <Table.Td>
                <Stack gap={2}>
                  {shared.slice(0, NAMED.shared).map((thing) => (
                    <SharedThing key={`${thing.what} ${thing.value}`} thing={thing} />
                  ))}
                  <More count={shared.length - NAMED.shared} />
                </Stack>
              </Table.Td>
              <Table.Td>
                <Group gap="xs">
                  {appeals.slice(0, NAMED.appeals).map((id) => (
                    <Link key={id} to="/appeals/$id" params={{ id }}>
                      {id}
                    </Link>
                  ))}
                  <More count={appeals.length - NAMED.appeals} />
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function SharedThing({ thing: { what, value, appeals } }: { readonly thing: Shared }) {
  const { t } = useTranslation('appeals')
  const kind = KINDS.find((known) => known === what)
  // a file is known by its hash and a copied picture by nothing, which tells a person nothing
  const named = kind === 'evidence' || kind === 'look' ? '' : value.split('|').filter(Boolean).join(' · ')
  return (
    <Text size="sm">
      {[kind ? t(`reused.${kind}`) : what, named, t('cluster.in', { count: appeals })].filter(Boolean).join(' ')}
    </Text>
  )
}

function More({ count }: { readonly count: number }) {
  const { t } = useTranslation('appeals')
  const { number } = useFormat()
  return count > 0 ? (
    <Text size="sm" c="dimmed">
      {t('cluster.more', { total: number(count) })}
    </Text>
  ) : null
}
