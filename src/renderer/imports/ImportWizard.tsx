import { Button, Group, Stepper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useJob } from '../app/jobs.ts'
import { notifyProblem } from '../app/notify.tsx'
import { JobProgress } from '../ui/JobProgress.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Screen } from '../ui/Screen.tsx'
import { EffectStep } from './EffectStep.tsx'
import { FileStep } from './FileStep.tsx'
import { FixStep } from './FixStep.tsx'
import { HeaderStep } from './HeaderStep.tsx'
import classes from './ImportWizard.module.css'
import { MapStep } from './MapStep.tsx'
import { sheetsToQueue, stageEach } from './stageEach.ts'
import { closeWizard, discard, STEPS, type Step, setWizard, stage, type Wizard } from './wizard.ts'

/** From file to effect in five steps; a file that was recognised with certainty goes straight from the first to the check. */
export function ImportWizard({ wizard }: { readonly wizard: Wizard }) {
  const { t } = useTranslation(['imports', 'common'])
  const job = useJob(wizard.job)
  const at = STEPS.indexOf(wizard.step)
  const reachable = (step: number): boolean =>
    !wizard.busy && (step < 3 ? wizard.inspected !== null && wizard.file !== null : wizard.staged !== null)
  const leave = (): void => void (wizard.staged ? discard() : Promise.resolve(closeWizard())).catch(notifyProblem)
  return (
    <Screen
      facts
      title={wizard.staged?.file ?? wizard.file?.name ?? t('import')}
      actions={
        <>
          {wizard.staged && (
            <Button variant="default" onClick={closeWizard} disabled={wizard.busy}>
              {t('later')}
            </Button>
          )}
          {wizard.busy && !wizard.staged && wizard.job && (
            <Button variant="default" onClick={closeWizard} data-testid="wizard-background">
              {t('background')}
            </Button>
          )}
          <Button variant="default" onClick={leave} disabled={wizard.busy} data-testid="wizard-cancel">
            {t('discard')}
          </Button>
        </>
      }
    >
      <Stepper
        active={at}
        size="sm"
        iconSize={30}
        onStepClick={(step) => reachable(step) && setWizard({ step: STEPS[step] as Step })}
        className={classes.steps}
      >
        {STEPS.map((step, index) => (
          <Stepper.Step key={step} label={t(`step.${step}`)} allowStepSelect={reachable(index)} />
        ))}
      </Stepper>
      {wizard.problem && (
        <div className={classes.problem}>
          <ProblemCard problem={wizard.problem} />
        </div>
      )}
      <div data-step={wizard.step} data-busy={wizard.busy} className={classes.step}>
        {job && wizard.busy && <JobProgress job={job} />}
        {(!wizard.busy || wizard.staged) && <StepBody wizard={wizard} />}
        {wizard.busy && !job && (
          <Text c="dimmed" role="status">
            {t('working')}
          </Text>
        )}
      </div>
      {at < 3 && wizard.inspected && !wizard.busy && <StepButtons wizard={wizard} at={at} />}
    </Screen>
  )
}

function StepBody({ wizard }: { readonly wizard: Wizard }) {
  switch (wizard.step) {
    case 'file':
      return <FileStep wizard={wizard} />
    case 'header':
      return <HeaderStep wizard={wizard} />
    case 'map':
      return <MapStep wizard={wizard} />
    case 'fix':
      return wizard.staged && <FixStep staged={wizard.staged} wizard={wizard} />
    case 'effect':
      return wizard.staged && <EffectStep staged={wizard.staged} busy={wizard.busy} />
  }
}

function StepButtons({ wizard, at }: { readonly wizard: Wizard; readonly at: number }) {
  const { t } = useTranslation('imports')
  const sheets = sheetsToQueue(wizard)
  return (
    <Group mt="lg">
      {at < 2 && (
        <Button variant="default" onClick={() => setWizard({ step: STEPS[at + 1] as Step })} data-testid="wizard-next">
          {t('next')}
        </Button>
      )}
      <Button onClick={() => void stage()} data-testid="wizard-check" data-autofocus={wizard.file?.token}>
        {t('check')}
      </Button>
      {sheets.length > 1 && (
        <Button variant="default" onClick={stageEach} data-testid="wizard-check-each">
          {t('check-each', { count: sheets.length })}
        </Button>
      )}
    </Group>
  )
}
