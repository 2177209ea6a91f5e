import { Stack, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useOfficerName } from '../app/officerNames.ts'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { PolicyDifference } from './PolicyDifference.tsx'
import { PolicyProposals } from './PolicyProposals.tsx'
import { SimulatePolicy } from './SimulatePolicy.tsx'

/** The versions of the policy, and what a change of the one in force would move. */
export function PolicyPanel() {
  const { t } = useTranslation(['registry', 'term'])
  const officerName = useOfficerName()
  const { number, shortDate } = useFormat()
  const versions = useReading('policies', {})
  return (
    <Loaded query={versions}>
      {(found) => {
        const current = found.at(-1)?.policy
        return (
          <Stack gap="lg">
            <Panel title={t('policy.versions')} flush>
              <Table aria-label={t('policy.versions')}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('policy.version')}</Table.Th>
                    <Table.Th>{t('policy.name')}</Table.Th>
                    <Table.Th>{t('policy.valid-from')}</Table.Th>
                    <Table.Th>{t('policy.legacyCutOff')}</Table.Th>
                    <Table.Th>{t('policy.graceDays')}</Table.Th>
                    <Table.Th>{t('policy.earliestDeadline')}</Table.Th>
                    <Table.Th>{t('policy.what-changed')}</Table.Th>
                    <Table.Th>{t('policy.signed-by')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {found.toReversed().map(({ policy }, at) => (
                    <Table.Tr key={policy.version}>
                      <Table.Td>{number(policy.version)}</Table.Td>
                      <Table.Td>{policy.name}</Table.Td>
                      <Table.Td>{shortDate(policy.validFrom)}</Table.Td>
                      <Table.Td>{shortDate(policy.legacyCutOff)}</Table.Td>
                      <Table.Td>{number(policy.graceDays)}</Table.Td>
                      <Table.Td>{shortDate(policy.earliestDeadline)}</Table.Td>
                      <Table.Td>
                        {found[found.length - 2 - at] === undefined ? (
                          t('policy.first')
                        ) : (
                          <PolicyDifference earlier={found[found.length - 2 - at]?.policy ?? policy} later={policy} />
                        )}
                      </Table.Td>
                      <Table.Td>
                        {t(`term:source.${policy.signedBy}`, { defaultValue: officerName(policy.signedBy) })}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Panel>
            {current && <PolicyProposals inForce={current} />}
            {current && (
              <SimulatePolicy key={current.version} versions={found.map(({ policy }) => policy)} inForce={current} />
            )}
          </Stack>
        )
      }}
    </Loaded>
  )
}
