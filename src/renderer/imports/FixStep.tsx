import { Button, Group, Stack, Table, Text, UnstyledButton } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Staged } from '../../contract/engine/batch.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { shell } from '../app/shell.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Tiles } from '../ui/Tiles.tsx'
import classes from './FixStep.module.css'
import { ProblemRows } from './ProblemRows.tsx'
import { setWizard } from './wizard.ts'

/** How many rows are good, which problems the others have, and the rejected rows as a file for the sender. */
export function FixStep({ staged }: { readonly staged: Staged }) {
  const { t } = useTranslation(['imports', 'check'])
  const { number } = useFormat()
  const [code, setCode] = useState<string | null>(null)
  const { counts } = staged
  const kinds = Object.entries(counts.problems).sort(([, a], [, b]) => b - a)
  return (
    <Stack gap="lg">
      <Tiles
        label={t('counts.label')}
        tiles={(['rows', 'accepted', 'rejected', 'duplicates', 'imeis'] as const).map((name) => ({
          name,
          label: t(`counts.${name}`),
          value: number(counts[name]),
          alarming: name === 'rejected' && counts.rejected > 0,
        }))}
      />
      <Group>
        <Button onClick={() => setWizard({ step: 'effect' })} data-testid="wizard-effect">
          {t('to-effect')}
        </Button>
        {counts.rejected > 0 && (
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => void exportRejects(staged, t).catch(notifyProblem)}
            data-testid="export-rejects"
          >
            {t('export-rejects')}
          </Button>
        )}
      </Group>
      <div className={classes.columns}>
        <Panel title={t('problems.title')} flush>
          {kinds.length === 0 ? (
            <EmptyState sentence={t('problems.none')} />
          ) : (
            <Table aria-label={t('problems.title')} highlightOnHover>
              <Table.Tbody>
                {kinds.map(([name, rows]) => (
                  <Table.Tr key={name} data-code={name} data-chosen={code === name}>
                    <Table.Td>
                      <UnstyledButton
                        className={classes.kind}
                        aria-pressed={code === name}
                        onClick={() => setCode(code === name ? null : name)}
                      >
                        {t(`check:${name}.title`, { defaultValue: name })}
                      </UnstyledButton>
                      <Text size="xs" c="dimmed">
                        {name}
                      </Text>
                    </Table.Td>
                    <Table.Td ta="right">{number(rows)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Panel>
        {kinds.length > 0 && <ProblemRows batch={staged.batch} code={code} />}
      </div>
    </Stack>
  )
}

async function exportRejects(staged: Staged, t: TFunction<readonly ['imports', 'check']>): Promise<void> {
  const suggested = `${staged.file.replace(/\.[^.]+$/, '')}-${t('rejects-name')}.xlsx`
  const target = await shell('pick-target', { title: t('export-rejects'), suggested })
  if (!target) return
  const { file, rows } = await engine.call('export-rejects', { batch: staged.batch, target: target.token })
  notifyDone(t('exported', { file, count: rows }))
}
