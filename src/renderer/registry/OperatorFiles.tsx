import { Button, Stack, Table } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useOfficerName } from '../app/officerNames.ts'
import { useActing, useReading } from '../app/queries.ts'
import { useMay } from '../app/session.ts'
import { shell } from '../app/shell.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { MakeOperatorFile } from './MakeOperatorFile.tsx'
import { ReceiptImeis } from './ReceiptImeis.tsx'
import { Violations } from './Violations.tsx'

/** What operators were told to block, what they say they did, and whom they let through all the same. */
export function OperatorFiles() {
  const { t } = useTranslation(['registry', 'term', 'common'])
  const { number, instant } = useFormat()
  const officerName = useOfficerName()
  const files = useReading('operator-files', {})
  const mayMake = useMay('operator-file')
  const mayRead = useMay('receipt')
  const receipt = useActing('receipt')
  const [open, setOpen] = useState<number | null>(null)
  const read = async (): Promise<void> => {
    const source = await shell('pick-file', {
      title: t('operator.receipt'),
      filterName: 'CSV',
      extensions: ['csv', 'txt', 'json', 'xlsx'],
    })
    if (!source) return
    receipt.mutate(
      { source: source.token },
      {
        onSuccess: (found) =>
          notifyDone(
            t('operator.reconciled', {
              applied: number(found.applied),
              refused: number(found.refused),
              missing: number(found.missing),
              strange: number(found.strange),
            }),
          ),
        onError: notifyProblem,
      },
    )
  }
  const readReceipt = mayRead && (
    <Button
      variant="default"
      leftSection={<IconFileImport size={18} aria-hidden />}
      loading={receipt.isPending}
      onClick={() => void read().catch(notifyProblem)}
      data-testid="receipt"
    >
      {t('operator.receipt')}
    </Button>
  )
  return (
    <Stack gap="lg">
      {mayMake && <MakeOperatorFile issued={files.data ?? []} />}
      <Panel title={t('operator.files')} actions={readReceipt} flush>
        <Loaded query={files}>
          {(found) =>
            found.length === 0 ? (
              <EmptyState sentence={t('operator.none')} />
            ) : (
              <Table aria-label={t('operator.files')} highlightOnHover>
                <Table.Thead>
                  <Table.Tr>
                    {(
                      [
                        'no',
                        'operator',
                        'list',
                        'kind',
                        'seq',
                        'rows',
                        'made',
                        'applied',
                        'refused',
                        'missing',
                        'strange',
                      ] as const
                    ).map((name) => (
                      <Table.Th key={name} ta={isFigure(name) ? 'right' : 'left'}>
                        {t(`operator.column.${name}`)}
                      </Table.Th>
                    ))}
                    <Table.Th>{t('operator.column.receipt')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {found.map((file) => (
                    <Table.Tr key={file.no} data-operator-file={file.no}>
                      <Table.Td>{number(file.no)}</Table.Td>
                      <Table.Td>{t(`term:source.${file.operator}`)}</Table.Td>
                      <Table.Td>{t(`operator.lists.${file.list}`)}</Table.Td>
                      <Table.Td>
                        {file.base === null ? t('operator.full') : t('operator.delta', { base: number(file.base) })}
                      </Table.Td>
                      <Table.Td ta="right">{number(file.seq)}</Table.Td>
                      <Table.Td ta="right">{number(file.rows)}</Table.Td>
                      <Table.Td>{`${instant(file.at)} · ${officerName(file.by)}`}</Table.Td>
                      {(['applied', 'refused', 'missing', 'strange'] as const).map((name) => (
                        <Table.Td key={name} ta="right">
                          {file.receipt ? number(file.receipt[name]) : t('common:nothing')}
                        </Table.Td>
                      ))}
                      <Table.Td>
                        {file.receipt ? (
                          <Button
                            size="compact-xs"
                            variant="default"
                            aria-expanded={open === file.no}
                            onClick={() => setOpen(open === file.no ? null : file.no)}
                          >
                            {t('operator.show')}
                          </Button>
                        ) : (
                          t('operator.no-receipt')
                        )}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            )
          }
        </Loaded>
      </Panel>
      {open !== null && <ReceiptImeis file={open} />}
      <Violations />
    </Stack>
  )
}

const FIGURES = ['seq', 'rows', 'applied', 'refused', 'missing', 'strange']
const isFigure = (name: string): boolean => FIGURES.includes(name)
