import { Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Amnesty } from './HeldBack.tsx'

const DAYS = 30

/** How many grey IMEIs come past their deadline on the next days: when the next runs are due, and whether an amnesty bars them. */
export function RunSchedule() {
  const { t } = useTranslation('registry')
  const { number, shortDate } = useFormat()
  const found = useReading('blockrun-schedule', { days: DAYS })
  return (
    <Panel title={t('run.schedule.title')}>
      <Loaded query={found}>
        {({ overdue, days, amnestyUntil }) => {
          const due = days.filter(({ imeis }) => imeis > 0)
          return (
            <Stack gap="sm" data-testid="run-schedule">
              <Amnesty until={amnestyUntil} />
              <Text>{t('overdue', { count: overdue, imeis: number(overdue) })}</Text>
              {due.length === 0 ? (
                <Text size="sm">{t('run.schedule.none')}</Text>
              ) : (
                <Table aria-label={t('run.schedule.title')} maw={420}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('run.schedule.day')}</Table.Th>
                      <Table.Th ta="right">{t('run.schedule.imeis')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {due.map(({ day, imeis }) => (
                      <Table.Tr key={day}>
                        <Table.Td>{shortDate(day)}</Table.Td>
                        <Table.Td ta="right">{number(imeis)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              )}
            </Stack>
          )
        }}
      </Loaded>
    </Panel>
  )
}
