import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FixStep } from '../../../domain/fix/fixStep.ts'
import { Panel } from '../../ui/Panel.tsx'
import classes from './Fix.module.css'
import { undoStep } from './fixActs.ts'
import { useStepText } from './useStepText.ts'

/** Corrections in the order they were made; each can be taken back, or all from one on. */
export function StepList({ steps, busy }: { readonly steps: readonly FixStep[]; readonly busy: boolean }) {
  const { t } = useTranslation('imports')
  const textOf = useStepText()
  return (
    <Panel title={t('fix.steps')}>
      {steps.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('fix.no-steps')}
        </Text>
      ) : (
        <ol className={classes.steps} data-testid="fix-steps">
          {steps.map((step, at) => (
            <li key={step.id} data-step-kind={step.kind}>
              <Stack gap={2}>
                <Text size="sm" lineClamp={3}>
                  {textOf(step)}
                </Text>
                <Group gap={6}>
                  <Button
                    size="compact-xs"
                    variant="default"
                    disabled={busy}
                    onClick={() => void undoStep(step.id, false)}
                    aria-label={t('fix.undo-of', { step: textOf(step) })}
                  >
                    {t('fix.undo')}
                  </Button>
                  {at < steps.length - 1 && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      disabled={busy}
                      onClick={() => void undoStep(step.id, true)}
                      aria-label={t('fix.undo-from-of', { step: textOf(step) })}
                    >
                      {t('fix.undo-from')}
                    </Button>
                  )}
                </Group>
              </Stack>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
