import { Group, Radio, Select, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/useFormat.ts'
import { Panel } from '../ui/Panel.tsx'
import classes from './HeaderStep.module.css'
import { Notices } from './Notices.tsx'
import { inspect, type Wizard } from './wizard.ts'

/** Sheet, encoding and header row: what was found, how sure, and the officer's own choice. */
export function HeaderStep({ wizard }: { readonly wizard: Wizard }) {
  const { t } = useTranslation('imports')
  const { share } = useFormat()
  const { inspected } = wizard
  if (!inspected) return null
  const { header, encoding } = inspected
  const width = Math.max(0, ...inspected.head.map(({ cells }) => cells.length))
  return (
    <Stack gap="lg">
      <Group align="end" gap="md">
        <Select
          label={t('header.sheet')}
          data={inspected.sheets.map(({ name, hidden }) => ({
            value: name,
            label: hidden ? t('header.hidden', { name }) : name,
          }))}
          value={inspected.sheet}
          allowDeselect={false}
          onChange={(sheet) => sheet && void inspect({ sheet })}
          w={260}
        />
        {encoding && (
          <Select
            label={t('header.encoding', { sure: share(encoding.sure) })}
            data={encoding.choices}
            value={encoding.name}
            allowDeselect={false}
            onChange={(name) => name && void inspect({ encoding: name })}
            w={260}
          />
        )}
        <Text>{t('header.found', { row: header.row, sure: share(header.sure) })}</Text>
      </Group>
      <Notices notices={inspected.notices} />
      <Panel title={t('header.title')} flush>
        <Table aria-label={t('header.title')} className={classes.rows} withColumnBorders>
          <Table.Tbody>
            {inspected.head.map(({ row, cells }) => (
              <Table.Tr key={row} data-header={row >= header.row && row < header.row + header.rows}>
                <Table.Td>
                  <Radio
                    label={String(row)}
                    name="header-row"
                    checked={row === header.row}
                    onChange={() => void inspect({ sheet: inspected.sheet, headerRow: row })}
                  />
                </Table.Td>
                {Array.from({ length: width }, (_, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns of a sheet have no other name
                  <Table.Td key={column}>{cells[column]}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Panel>
    </Stack>
  )
}
