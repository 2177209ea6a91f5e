import { Button, Group, Stack } from '@mantine/core'
import { IconDownload, IconMailForward } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Staged } from '../../contract/engine/batch.ts'
import type { FixStep as Step } from '../../domain/fix/fixStep.ts'
import { useKeys } from '../app/keys/useKeys.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { engine, useReading } from '../app/queries.ts'
import { shell } from '../app/shell.ts'
import { type Format, useFormat } from '../i18n/useFormat.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Tiles } from '../ui/Tiles.tsx'
import { replyToSender } from './exportMoves.ts'
import { ClusterDialog } from './fix/ClusterDialog.tsx'
import classes from './fix/Fix.module.css'
import { FixGrid } from './fix/FixGrid.tsx'
import { applyEdits, undoStep } from './fix/fixActs.ts'
import { PreviewDialog } from './fix/PreviewDialog.tsx'
import { type ChosenGroup, ProblemGroups } from './fix/ProblemGroups.tsx'
import { StepList } from './fix/StepList.tsx'
import { setWizard, type Wizard } from './wizard.ts'

interface Props {
  readonly staged: Staged
  readonly wizard: Pick<Wizard, 'edits' | 'busy'>
}

/** How many rows are good, what is wrong with the others and what fixes all alike, the rows to edit, and the steps taken. */
export function FixStep({ staged, wizard: { edits, busy } }: Props) {
  const { t } = useTranslation(['imports', 'term'])
  const { number } = useFormat()
  const [chosen, setChosen] = useState<ChosenGroup | null>(null)
  const [previewed, setPreviewed] = useState<Step | null>(null)
  const [merging, setMerging] = useState(false)
  const groups = useReading('fix-groups', { batch: staged.batch })
  const { counts, steps } = staged
  const last = steps.at(-1)
  useKeys(t('step.fix'), [
    { press: '$mod+Enter', label: t('fix.key-apply'), run: () => void applyEdits() },
    { press: '$mod+KeyM', label: t('fix.merge-open'), run: () => setMerging(true) },
    { press: '$mod+Shift+KeyZ', label: t('fix.key-undo'), run: () => void (last && !busy && undoStep(last.id, false)) },
    { press: '$mod+KeyE', label: t('to-effect'), run: () => setWizard({ step: 'effect' }) },
  ])
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
        <Button onClick={() => setWizard({ step: 'effect' })} disabled={busy} data-testid="wizard-effect">
          {t('to-effect')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconMailForward size={16} aria-hidden />}
          onClick={() => void replyToSender(staged, t).catch(notifyProblem)}
          data-testid="reply"
        >
          {t('reply.write')}
        </Button>
        {counts.rejected > 0 && (
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => void exportRejects(staged, t, number).catch(notifyProblem)}
            data-testid="export-rejects"
          >
            {t('export-rejects')}
          </Button>
        )}
      </Group>
      <div className={classes.columns}>
        <Stack gap="lg">
          {steps.length > 0 && <StepList steps={steps} busy={busy} />}
          <Loaded query={groups} lines={6}>
            {({ groups: found }) => (
              <ProblemGroups
                groups={found}
                chosen={chosen}
                choose={setChosen}
                preview={setPreviewed}
                merge={() => setMerging(true)}
                busy={busy}
              />
            )}
          </Loaded>
          {steps.length === 0 && <StepList steps={steps} busy={busy} />}
        </Stack>
        <FixGrid
          batch={staged.batch}
          version={steps.map(({ id }) => id).join(',')}
          group={chosen}
          edits={edits}
          busy={busy}
        />
      </div>
      {previewed && <PreviewDialog batch={staged.batch} step={previewed} close={() => setPreviewed(null)} />}
      {merging && <ClusterDialog batch={staged.batch} close={() => setMerging(false)} />}
    </Stack>
  )
}

async function exportRejects(
  staged: Staged,
  t: TFunction<readonly ['imports', 'term']>,
  number: Format['number'],
): Promise<void> {
  const suggested = `${staged.file.replace(/\.[^.]+$/, '')}-${t('rejects-name')}.xlsx`
  const target = await shell('pick-target', { title: t('export-rejects'), suggested })
  if (!target) return
  const { file, rows } = await engine.call('export-rejects', { batch: staged.batch, target: target.token })
  notifyDone(t('exported', { file, count: rows, rows: number(rows) }))
}
