import { Button, Modal, Stack, Table, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FixPreview } from '../../../contract/engine/fix.ts'
import type { FixStep } from '../../../domain/fix/fixStep.ts'
import type { Problem } from '../../../domain/problem.ts'
import { useJob } from '../../app/jobs.ts'
import { problemOf } from '../../app/problems.ts'
import { engine } from '../../app/queries.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { DialogActs } from '../../ui/DialogActs.tsx'
import { JobProgress } from '../../ui/JobProgress.tsx'
import { ProblemCard } from '../../ui/ProblemCard.tsx'
import classes from './Fix.module.css'
import { applySteps } from './fixActs.ts'
import { useStepText } from './useStepText.ts'

interface Props {
  readonly batch: string
  readonly step: FixStep
  readonly close: () => void
}

/** What a rule would change in the whole file, before it is done: how many cells, and the first of them before and after. */
export function PreviewDialog({ batch, step, close }: Props) {
  const { t } = useTranslation(['imports', 'common'])
  const { number } = useFormat()
  const textOf = useStepText()
  const [found, setFound] = useState<FixPreview | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [job] = useState(() => crypto.randomUUID())
  const running = useJob(found || problem ? null : job)
  useEffect(() => {
    engine.call('fix-preview', { batch, step, job }).then(setFound, (error: unknown) => setProblem(problemOf(error)))
    return () => void engine.call('cancel-job', { id: job })
  }, [batch, step, job])
  const apply = (): void => {
    close()
    void applySteps([step])
  }
  return (
    <Modal
      opened
      onClose={close}
      title={textOf(step)}
      size="xl"
      closeButtonProps={{ 'aria-label': t('common:close') }}
      data-testid="fix-preview"
    >
      <Stack gap="md">
        {problem && <ProblemCard problem={problem} />}
        {!found && !problem && (running ? <JobProgress job={running} /> : <Text role="status">{t('working')}</Text>)}
        {found && (
          <>
            <Text fw={600}>
              {t('fix.preview', { count: found.rows, cells: number(found.cells), rows: number(found.rows) })}
            </Text>
            {found.samples.length > 0 && (
              <div className={classes.samples}>
                <Table aria-label={t('fix.samples')} stickyHeader>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th ta="right">{t('column.row')}</Table.Th>
                      <Table.Th>{t('column.column')}</Table.Th>
                      <Table.Th>{t('fix.before')}</Table.Th>
                      <Table.Th>{t('fix.after')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {found.samples.map(({ row, column, header, before, after }) => (
                      <Table.Tr key={`${row}:${column}`}>
                        <Table.Td ta="right">{row}</Table.Td>
                        <Table.Td>{header}</Table.Td>
                        <Table.Td className={classes.verbatim}>{before}</Table.Td>
                        <Table.Td className={classes.verbatim}>{after}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </div>
            )}
          </>
        )}
        <DialogActs close={close}>
          <Button onClick={apply} disabled={!found || found.cells === 0} data-autofocus data-testid="fix-apply">
            {t('fix.apply')}
          </Button>
        </DialogActs>
      </Stack>
    </Modal>
  )
}
