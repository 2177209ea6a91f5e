import { Alert, Select, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BATCH_FIELDS, type BatchField, IMEI_FIELDS } from '../../domain/checks/batchField.ts'
import { splitImeis } from '../../domain/imei.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Panel } from '../ui/Panel.tsx'
import classes from './MapStep.module.css'
import { mapColumn, type Wizard } from './wizard.ts'

const IMEIS: ReadonlySet<BatchField | null> = new Set([...IMEI_FIELDS, 'imeis' as const])

/** How the first cell with several IMEIs in it will be read. */
function Split({ samples }: { readonly samples: readonly string[] }) {
  const { t } = useTranslation('imports')
  const parts = samples.map(splitImeis).find((several) => several.length > 1)
  if (!parts) return null
  return (
    <Text size="sm" c="dimmed" data-testid="map-split">
      {t('map.split', { imeis: parts.join(' | ') })}
    </Text>
  )
}

/** Which column means what: source, sample, target, and how it was recognised. */
export function MapStep({ wizard }: { readonly wizard: Wizard }) {
  const { t } = useTranslation(['imports', 'term'])
  const { share } = useFormat()
  const { inspected, mapping } = wizard
  if (!inspected) return null
  const fieldOf = (column: number): BatchField | null => BATCH_FIELDS.find((field) => mapping[field] === column) ?? null
  const missing = inspected.missing.filter((field) => mapping[field] === undefined)
  return (
    <Stack gap="md">
      {missing.length > 0 && (
        <Alert color="red.9" variant="outline" title={t('map.missing')}>
          {missing.map((field) => t(`term:field.${field}`)).join(', ')}
        </Alert>
      )}
      <Panel title={t('map.title')} flush>
        <Table aria-label={t('map.title')} className={classes.map}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('map.source')}</Table.Th>
              <Table.Th>{t('map.samples')}</Table.Th>
              <Table.Th>{t('map.target')}</Table.Th>
              <Table.Th>{t('map.by')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {inspected.columns.map(({ column, header, samples, by, sure, field }) => (
              <Table.Tr key={column} data-column={column}>
                <Table.Th scope="row" fw={600}>
                  {header || t('map.no-header', { column: column + 1 })}
                </Table.Th>
                <Table.Td className={classes.samples}>
                  {samples.join(' · ')}
                  <Split samples={IMEIS.has(fieldOf(column)) ? samples : []} />
                </Table.Td>
                <Table.Td>
                  <Select
                    aria-label={t('map.target-of', { header: header || String(column + 1) })}
                    data={BATCH_FIELDS.map((name) => ({ value: name, label: t(`term:field.${name}`) }))}
                    value={fieldOf(column)}
                    placeholder={t('map.ignored')}
                    clearable
                    clearButtonProps={{ 'aria-label': t('map.ignore') }}
                    searchable
                    onChange={(name) => mapColumn(column, name as BatchField | null)}
                    w={260}
                  />
                </Table.Td>
                <Table.Td>
                  <Text size="sm" c="dimmed">
                    {fieldOf(column) === field && field !== null
                      ? t(`map.recognised.${by}`, { sure: share(sure) })
                      : fieldOf(column) === null
                        ? t('map.ignored')
                        : t('map.chosen')}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Panel>
    </Stack>
  )
}
