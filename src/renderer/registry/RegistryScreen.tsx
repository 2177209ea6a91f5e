import { Group, Input, SegmentedControl, Select, Stack, Tabs, Text, TextInput } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LISTING_REASONS, type ListingReason } from '../../domain/listing.ts'
import { usePages } from '../app/usePages.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { ListBadge } from '../ui/ListBadge.tsx'
import { PagedTable } from '../ui/PagedTable.tsx'
import { Screen } from '../ui/Screen.tsx'
import { BlockRuns } from './BlockRuns.tsx'
import { ListingCounts } from './ListingCounts.tsx'
import { PolicyPanel } from './PolicyPanel.tsx'
import { REGISTRY_VIEWS } from './registryViews.ts'

const PAGE = 200
const COLUMNS = ['imei', 'list', 'reason', 'device', 'since', 'deadline'] as const
type Shown = 'grey' | 'black'

/** The lists, the block runs that carry grey IMEIs to black, and the policy that decides. */
export function RegistryScreen() {
  const { t } = useTranslation(['registry', 'common'])
  const navigate = useNavigate()
  const { show = 'lists', run } = useSearch({ from: '/registry' })
  return (
    <Screen title={t('common:rail.registry')}>
      <Tabs
        value={run === undefined ? show : 'runs'}
        onChange={(tab) =>
          void navigate({ to: '/registry', search: { show: REGISTRY_VIEWS.find((view) => view === tab) } })
        }
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="lists">{t('tab.lists')}</Tabs.Tab>
          <Tabs.Tab value="runs" data-testid="block-runs">
            {t('tab.runs')}
          </Tabs.Tab>
          <Tabs.Tab value="policy" data-testid="policy">
            {t('tab.policy')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="lists">
          <Lists />
        </Tabs.Panel>
        <Tabs.Panel value="runs">
          <BlockRuns open={run ?? null} />
        </Tabs.Panel>
        <Tabs.Panel value="policy">
          <PolicyPanel />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  )
}

/** Every grey and black IMEI with its reason, by list, reason and first digits. */
function Lists() {
  const { t } = useTranslation(['registry', 'term'])
  const [list, setList] = useState<Shown>('black')
  const [reason, setReason] = useState<ListingReason | null>(null)
  const [prefix, setPrefix] = useState('')
  return (
    <Stack gap="lg">
      <ListingCounts
        show={(chosen, why) => {
          setList(chosen)
          setReason(why)
        }}
      />
      <Group align="end" gap="md">
        <Input.Wrapper label={t('list')} labelElement="div">
          <SegmentedControl
            aria-label={t('list')}
            data={(['black', 'grey'] as const).map((value) => ({ value, label: t(`term:list.${value}`) }))}
            value={list}
            onChange={(value) => {
              setList(value as Shown)
              setReason(null)
            }}
            display="flex"
            h={36}
          />
        </Input.Wrapper>
        <Select
          label={t('reason')}
          data={LISTING_REASONS.map((value) => ({ value, label: t(`term:reason.${value}`) }))}
          value={reason}
          placeholder={t('any')}
          clearable
          clearButtonProps={{ 'aria-label': t('any') }}
          onChange={(value) => setReason(value as ListingReason | null)}
          w={300}
        />
        <TextInput
          label={t('prefix')}
          value={prefix}
          maxLength={14}
          inputMode="numeric"
          onChange={(event) => setPrefix(event.currentTarget.value.replace(/\D/g, ''))}
          w={200}
        />
      </Group>
      <Listings list={list} reason={reason} prefix={prefix} />
    </Stack>
  )
}

interface Filter {
  readonly list: Shown
  readonly reason: ListingReason | null
  readonly prefix: string
}

function Listings({ list, reason, prefix }: Filter) {
  const { t } = useTranslation(['registry', 'term', 'common'])
  const { number, shortDate } = useFormat()
  const pages = usePages(
    'listings',
    (after: string | null) => ({ list, reason, prefix, after, limit: PAGE }),
    ({ rows }) => (rows.length < PAGE ? null : (rows.at(-1)?.imei14 ?? null)),
    [list, reason, prefix],
  )
  const rows = pages.all.flatMap((page) => page.rows)
  const total = pages.all[0]?.total ?? 0
  return (
    <PagedTable
      title={t('found', { count: total, imeis: number(total) })}
      columns={COLUMNS.map((name) => ({ name, label: t(name) }))}
      pages={pages}
      rows={rows}
      keyOf={({ imei14 }) => imei14}
      empty={t('empty')}
      cell={(row, column) => {
        switch (column) {
          case 'imei':
            return (
              <Link to="/lookup" search={{ imei: row.imei14 }} className="tamga-imei">
                {row.imei14}
              </Link>
            )
          case 'list':
            return <ListBadge list={row.list} />
          case 'reason':
            return row.reason && t(`term:reason.${row.reason}`)
          case 'device':
            return [row.brand, row.model].filter(Boolean).join(' ') || t('common:nothing')
          case 'since':
            return row.since ? shortDate(row.since) : t('common:nothing')
          default:
            return row.deadline ? shortDate(row.deadline) : t('common:nothing')
        }
      }}
      foot={
        <Text size="xs" c="dimmed" px="md" py="xs">
          {t('shown', { shown: number(rows.length), total: number(total) })}
        </Text>
      }
    />
  )
}
