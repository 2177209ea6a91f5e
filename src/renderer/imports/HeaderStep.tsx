import { Group, Radio, Select, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Delimiter } from '../../contract/engine/batch.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Panel } from '../ui/Panel.tsx'
import classes from './HeaderStep.module.css'
import { Notices } from './Notices.tsx'
import { inspect, type Wizard } from './wizard.ts'

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|']
const DELIMITER_NAME: Readonly<Record<Delimiter, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }
/** Offered besides those the file seems to be in: guesses may be wrong, so the first rows are shown in the one that is chosen. */
const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'rk1048', 'pt154', 'cp866']

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
            data={[...new Set([...encoding.choices, ...ENCODINGS])]}
            value={encoding.name}
            allowDeselect={false}
            onChange={(name) => name && void inspect({ encoding: name })}
            w={260}
          />
        )}
        {inspected.delimiter && (
          <Select
            label={t('header.delimiter')}
            data={DELIMITERS.map((value) => ({ value, label: t(`header.delimiters.${DELIMITER_NAME[value]}`) }))}
            value={inspected.delimiter}
            allowDeselect={false}
            onChange={(delimiter) => delimiter && void inspect({ delimiter: delimiter as Delimiter })}
            w={180}
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
