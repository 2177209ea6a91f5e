import { Anchor, Badge, Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Panel } from '../ui/Panel.tsx'

type Operators = Output<EngineContract['dashboard']>['operators']

/** How far each operator has applied the block list, and whom it lets through. */
export function OperatorsBehind({ operators }: { readonly operators: Operators }) {
  const { t } = useTranslation(['work', 'term'])
  const { number } = useFormat()
  return (
    <Panel
      title={t('board.operators')}
      flush
      actions={
        <Anchor size="sm" renderRoot={(props) => <Link to="/reports" search={{ report: 'operators' }} {...props} />}>
          {t('board.report')}
        </Anchor>
      }
    >
      <Table aria-label={t('board.operators')} data-figures>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('board.operator')}</Table.Th>
            <Table.Th ta="right">{t('board.sent')}</Table.Th>
            <Table.Th ta="right">{t('board.confirmed')}</Table.Th>
            <Table.Th ta="right">{t('board.missing')}</Table.Th>
            <Table.Th ta="right">{t('board.violations')}</Table.Th>
            <Table.Th>{t('board.state')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {operators.map(({ operator, sent, confirmed, missing, violations }) => {
            const state = sent === null ? 'never' : confirmed === sent && missing === 0 ? 'up-to-date' : 'behind'
            return (
              <Table.Tr key={operator} data-operator={operator}>
                <Table.Td>{t(`term:source.${operator}`)}</Table.Td>
                <Table.Td ta="right">{sent === null ? t('common:nothing') : number(sent)}</Table.Td>
                <Table.Td ta="right">{confirmed === null ? t('common:nothing') : number(confirmed)}</Table.Td>
                <Table.Td ta="right">{number(missing)}</Table.Td>
                <Table.Td ta="right">{number(violations)}</Table.Td>
                <Table.Td>
                  <Badge
                    variant="outline"
                    color={state === 'behind' ? 'red' : 'gray'}
                    tt="none"
                    style={{ flexShrink: 0 }}
                    miw="max-content"
                  >
                    {t(`board.${state}`)}
                  </Badge>
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}
