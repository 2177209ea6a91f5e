import { Button, Group, Table, Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FixGroup } from '../../../contract/engine/fix.ts'
import type { FixStep } from '../../../domain/fix/fixStep.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import classes from './Fix.module.css'
import { asStep } from './fixActs.ts'

export interface ChosenGroup {
  readonly code: string
  readonly field: FixGroup['field']
}

interface Props {
  readonly groups: readonly FixGroup[]
  readonly chosen: ChosenGroup | null
  readonly choose: (group: ChosenGroup | null) => void
  readonly preview: (step: FixStep) => void
  readonly merge: () => void
  readonly busy: boolean
}

/** Problems by kind and column, the most frequent first, each with the rules that would fix all alike. */
export function ProblemGroups({ groups, chosen, choose, preview, merge, busy }: Props) {
  const { t } = useTranslation(['imports', 'check'])
  const { number } = useFormat()
  const isChosen = ({ code, field }: FixGroup): boolean => chosen?.code === code && chosen.field === field
  return (
    <Panel
      title={t('problems.title')}
      flush
      actions={
        <Button size="compact-sm" variant="default" onClick={merge} disabled={busy} data-testid="fix-open-clusters">
          {t('fix.merge-open')}
        </Button>
      }
    >
      {groups.length === 0 ? (
        <EmptyState sentence={t('problems.none')} />
      ) : (
        <Table aria-label={t('problems.title')} highlightOnHover>
          <Table.Tbody>
            {groups.map((group) => (
              <Table.Tr
                key={`${group.code}:${group.field}:${group.severity}`}
                data-code={group.code}
                data-chosen={isChosen(group)}
              >
                <Table.Td>
                  <UnstyledButton
                    className={classes.kind}
                    aria-pressed={isChosen(group)}
                    onClick={() => choose(isChosen(group) ? null : { code: group.code, field: group.field })}
                  >
                    {group.severity === 'error' ? (
                      <IconCircleX size={15} aria-label={t('severity.error')} className={classes.error} />
                    ) : (
                      <IconAlertTriangle size={15} aria-label={t('severity.warning')} className={classes.warning} />
                    )}
                    {t(`check:${group.code}.title`, { defaultValue: group.code })}
                  </UnstyledButton>
                  {group.column !== '' && (
                    <Text size="xs" c="dimmed">
                      {group.column}
                    </Text>
                  )}
                  <Group gap={6} mt={4}>
                    {group.offers.map(({ rule, cells }) => (
                      <Button
                        key={rule}
                        size="compact-xs"
                        variant="light"
                        classNames={{ root: classes.offer ?? '', label: classes.offerLabel ?? '' }}
                        disabled={busy}
                        data-rule={rule}
                        onClick={() => group.field && preview(asStep({ kind: rule, field: group.field }))}
                      >
                        {t('fix.offer', { rule: t(`fix.rule.${rule}`), cells: number(cells) })}
                      </Button>
                    ))}
                  </Group>
                </Table.Td>
                <Table.Td ta="right" className={classes.count}>
                  {number(group.rows)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  )
}
