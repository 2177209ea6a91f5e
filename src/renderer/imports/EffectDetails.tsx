import { Alert, Button, Group, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MoveName, Staged } from '../../contract/engine/batch.ts'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'

interface Props {
  readonly staged: Staged
  readonly move: MoveName | null
  readonly choose: (move: MoveName | null) => void
}

/** White devices that would turn black, and who the devices of the file come from, the largest first. */
export function EffectDetails({ staged, move, choose }: Props) {
  const { t } = useTranslation(['imports', 'term'])
  const { number, share } = useFormat()
  const details = useReading('staged-effect', { batch: staged.batch })
  return (
    <Loaded query={details} lines={3}>
      {({ whiteToBlack, by, largest, unnamed }) => (
        <>
          {whiteToBlack > 0 && (
            <Alert
              color="red.9"
              variant="outline"
              title={t('white-to-black.title', { count: whiteToBlack, imeis: number(whiteToBlack) })}
            >
              <Group justify="space-between">
                <Text size="sm">{t('white-to-black.text')}</Text>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-pressed={move === 'whiteToBlack'}
                  onClick={() => choose(move === 'whiteToBlack' ? null : 'whiteToBlack')}
                  data-testid="white-to-black"
                >
                  {t('white-to-black.list')}
                </Button>
              </Group>
            </Alert>
          )}
          {by !== null && largest.length > 0 && (
            <Panel title={t('largest.title', { by: t(`term:field.${by}`) })} flush>
              <Table aria-label={t('largest.title', { by: t(`term:field.${by}`) })} data-testid="largest">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t(`term:field.${by}`)}</Table.Th>
                    {by === 'importer' && <Table.Th>{t('term:field.bin')}</Table.Th>}
                    <Table.Th ta="right">{t('column.imeis')}</Table.Th>
                    <Table.Th ta="right">{t('largest.share')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {largest.map(({ name, id, imeis }) => (
                    <Table.Tr key={`${id}${name}`}>
                      <Table.Td>{name}</Table.Td>
                      {by === 'importer' && <Table.Td className="tamga-imei">{id}</Table.Td>}
                      <Table.Td ta="right">{number(imeis)}</Table.Td>
                      <Table.Td ta="right">{share(staged.counts.imeis > 0 ? imeis / staged.counts.imeis : 0)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
              {unnamed > 0 && (
                <Text size="xs" c="dimmed" p="sm">
                  {t('largest.unnamed', { imeis: number(unnamed) })}
                </Text>
              )}
            </Panel>
          )}
        </>
      )}
    </Loaded>
  )
}
