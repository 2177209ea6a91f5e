import { Group, Stack, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Simulated } from '../../contract/simulation.ts'
import type { Listing } from '../../domain/listing.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ListBadge } from '../ui/ListBadge.tsx'
import { Tiles } from '../ui/Tiles.tsx'

/** What would move: figures, by list and reason, by way, brand and operator, appeals, and a sample of IMEIs. */
export function SimulationResult({ result }: { readonly result: Simulated }) {
  const { t } = useTranslation(['registry', 'term'])
  const { number } = useFormat()
  if (result.moved === 0)
    return result.terms.first === null ? (
      <EmptyState sentence={t('policy.nothing-moves')} />
    ) : (
      <Terms terms={result.terms} />
    )
  return (
    <Stack gap="md" data-testid="simulation">
      <Tiles
        label={t('policy.changes')}
        tiles={[
          { name: 'judged', label: t('policy.judged'), value: number(result.judged) },
          { name: 'moved', label: t('policy.changed'), value: number(result.moved) },
          { name: 'appeals', label: t('policy.appeals'), value: number(result.appeals.length) },
          ...result.moves.map(({ from, to, count }) => ({
            name: `${from}-${to}`,
            label:
              from === to
                ? t('policy.stays', { list: t(`term:list.${from}`) })
                : `${t(`term:list.${from}`)} → ${t(`term:list.${to}`)}`,
            value: number(count),
            alarming: to === 'black' && from !== 'black',
          })),
        ]}
      />
      <Changes changes={result.changes} />
      {result.narrowed && (
        <Text size="sm" c="dimmed">
          {t('policy.narrowed')}
        </Text>
      )}
      <Group align="start" gap="lg" grow>
        <Counted
          title={t('policy.by-brand')}
          rows={result.brands.map(({ value, count }) => [value || t('policy.unknown-brand'), count] as const)}
        />
        <Counted
          title={t('policy.by-operator')}
          rows={result.operators.map(({ value, count }) => [t(`term:source.${value}`), count] as const)}
        />
      </Group>
      {result.appeals.length > 0 && (
        <Group gap="sm">
          <Text size="sm" fw={600}>
            {t('policy.appeals')}
          </Text>
          {result.appeals.slice(0, 50).map((id) => (
            <Link key={id} to="/appeals/$id" params={{ id }}>
              {id}
            </Link>
          ))}
        </Group>
      )}
      <Terms terms={result.terms} />
      <Sample rows={result.sample} />
    </Stack>
  )
}

/** What the change does to the terms of appeals that are still to come. */
function Terms({ terms: { days, first } }: { readonly terms: Simulated['terms'] }) {
  const { t } = useTranslation('registry')
  const { number, date } = useFormat()
  if (first === null) return null
  const [received, before, after] = [date(first.received), date(first.before), date(first.after)]
  return (
    <Stack gap={2} data-testid="changed-terms">
      <Text size="sm" fw={600}>
        {t('policy.terms')}
      </Text>
      <Text size="sm">{t('policy.terms-change', { days: number(days), received, before, after })}</Text>
    </Stack>
  )
}

function Changes({ changes }: { readonly changes: Simulated['changes'] }) {
  const { t } = useTranslation(['registry', 'term'])
  const { number } = useFormat()
  return (
    <Table aria-label={t('policy.changes')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('list')}</Table.Th>
          <Table.Th>{t('reason')}</Table.Th>
          <Table.Th ta="right">{t('policy.before')}</Table.Th>
          <Table.Th ta="right">{t('policy.after')}</Table.Th>
          <Table.Th ta="right">{t('policy.changed')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map(({ list, reason, from, to, count }) => (
          <Table.Tr key={`${list}/${reason}`} data-simulated={list}>
            <Table.Td>{t(`term:list.${list}`)}</Table.Td>
            <Table.Td>{reason && t(`term:reason.${reason}`)}</Table.Td>
            <Table.Td ta="right">{number(from)}</Table.Td>
            <Table.Td ta="right">{number(to)}</Table.Td>
            <Table.Td ta="right">{number(count)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** Rows shown of a breakdown. */
const SHOWN = 10

function Counted({ title, rows }: { readonly title: string; readonly rows: readonly (readonly [string, number])[] }) {
  const { t } = useTranslation('registry')
  const { number } = useFormat()
  return (
    <Table aria-label={title} fz="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{title}</Table.Th>
          <Table.Th ta="right">{t('policy.changed')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.slice(0, SHOWN).map(([name, count]) => (
          <Table.Tr key={name}>
            <Table.Td>{name}</Table.Td>
            <Table.Td ta="right">{number(count)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Sample({ rows }: { readonly rows: Simulated['sample'] }) {
  const { t } = useTranslation('registry')
  return (
    <Table aria-label={t('policy.sample', { count: rows.length })} fz="sm">
      <Table.Caption>{t('policy.sample', { count: rows.length })}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('grid.imei')}</Table.Th>
          <Table.Th>{t('policy.now-on')}</Table.Th>
          <Table.Th>{t('policy.then-on')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ imei14, before, after }) => (
          <Table.Tr key={imei14} data-sample={imei14}>
            <Table.Td>
              <Link to="/lookup" search={{ imei: imei14 }} className="tamga-imei">
                {imei14}
              </Link>
            </Table.Td>
            <Table.Td>
              <Shown listing={before} />
            </Table.Td>
            <Table.Td>
              <Shown listing={after} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Shown({ listing }: { readonly listing: Listing }) {
  const { t } = useTranslation('term')
  const { shortDate } = useFormat()
  return (
    <Group gap="xs" wrap="nowrap">
      <ListBadge list={listing.list} />
      <Text size="sm">
        {[listing.reason && t(`reason.${listing.reason}`), listing.deadline && shortDate(listing.deadline)]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </Group>
  )
}
