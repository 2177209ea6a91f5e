import { Alert, Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { LedgerLine } from '../../contract/engine/ledger.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Panel } from './Panel.tsx'

const FIGURES = ['quantity', 'devices', 'imeis', 'seen', 'claimed', 'overdrawn'] as const

/** Declared against what is drawn from it, line by line; what goes beyond is an alarm. */
export function LedgerTable({ title, lines }: { readonly title: string; readonly lines: readonly LedgerLine[] }) {
  const { t } = useTranslation(['ledger', 'common'])
  const { number, shortDate } = useFormat()
  const over = lines.filter(({ overdrawn }) => overdrawn > 0).length
  return (
    <Panel title={title} flush>
      {over > 0 && (
        <Alert color="red.9" variant="outline" m="md" data-testid="overdrawn">
          {t('alarm', { count: over })}
        </Alert>
      )}
      <Table aria-label={title} fz="sm">
        <Table.Thead>
          <Table.Tr>
            {(['declaration', 'line', 'date', 'importer', 'device'] as const).map((name) => (
              <Table.Th key={name}>{t(name)}</Table.Th>
            ))}
            {FIGURES.map((name) => (
              <Table.Th key={name} ta="right">
                {t(name)}
              </Table.Th>
            ))}
            <Table.Th>{t('appeals')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={`${line.declaration} ${line.line} ${line.model}`} data-overdrawn={line.overdrawn > 0}>
              <Table.Td>
                <Link to="/lookup" search={{ q: line.declaration }} className="tamga-imei">
                  {line.declaration}
                </Link>
              </Table.Td>
              <Table.Td>{line.line ?? t('common:nothing')}</Table.Td>
              <Table.Td>{shortDate(line.date)}</Table.Td>
              <Table.Td>{line.importer ?? line.bin ?? t('common:nothing')}</Table.Td>
              <Table.Td>{[line.brand, line.model].filter(Boolean).join(' ') || t('common:nothing')}</Table.Td>
              {FIGURES.map((name) => (
                <Table.Td
                  key={name}
                  ta="right"
                  fw={name === 'overdrawn' && line.overdrawn > 0 ? 700 : undefined}
                  {...(name === 'overdrawn' && line.overdrawn > 0 && { c: 'var(--tamga-bad)' })}
                >
                  {line[name] === null ? t('common:nothing') : number(line[name])}
                </Table.Td>
              ))}
              <Table.Td>
                {line.appeals.map((id) => (
                  <Link key={id} to="/appeals/$id" params={{ id }}>
                    {id}
                  </Link>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}
