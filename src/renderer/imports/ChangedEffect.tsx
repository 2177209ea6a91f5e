import { Alert, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Staged } from '../../contract/engine/batch.ts'
import type { List } from '../../domain/listing.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { ListBadge } from '../ui/ListBadge.tsx'
import { WasAndNow } from './WasAndNow.tsx'

const COUNTS = ['toBlack', 'leaveBlack', 'toWhite', 'toGrey', 'toNone', 'unchanged'] as const

interface Props {
  readonly staged: Staged
  readonly changed: NonNullable<Staged['changed']>
}

/** The registry did not take what was reviewed, because other facts came in between: what was different then and is now. */
export function ChangedEffect({ staged, changed }: Props) {
  const { t } = useTranslation('imports')
  const { number } = useFormat()
  const { effect, basedOnSeq, imeis, total } = changed
  const different = COUNTS.map((name) => ({ name, was: effect[name], now: staged.effect[name] })).filter(
    ({ was, now }) => was !== now,
  )
  return (
    <Alert color="yellow.9" variant="outline" title={t('changed.title')} data-testid="changed-effect">
      <Stack gap="sm">
        <Text size="sm">{t('changed.text', { from: number(basedOnSeq), to: number(staged.basedOnSeq) })}</Text>
        <WasAndNow rows={different} />
        <Text size="sm" fw={600}>
          {t('changed.imeis', { count: total, total: number(total) })}
        </Text>
        <Table aria-label={t('changed.label')} maw={520}>
          <Table.Tbody>
            {imeis.slice(0, 20).map(({ imei14, was, now }) => (
              <Table.Tr key={imei14}>
                <Table.Td className="tamga-imei">{imei14}</Table.Td>
                <Table.Td>
                  <Target list={was} />
                </Table.Td>
                <Table.Td>
                  <Target list={now} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Alert>
  )
}

function Target({ list }: { readonly list: List | null }) {
  const { t } = useTranslation('imports')
  return list === null ? <Text size="sm">{t('changed.no-move')}</Text> : <ListBadge list={list} />
}
