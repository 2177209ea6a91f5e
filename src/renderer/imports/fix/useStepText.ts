import { useTranslation } from 'react-i18next'
import type { FixStep } from '../../../domain/fix/fixStep.ts'
import { useFormat } from '../../i18n/useFormat.ts'

/** What a step does, in one line. */
export function useStepText(): (step: FixStep) => string {
  const { t } = useTranslation(['imports', 'term'])
  const { number } = useFormat()
  return (step) => {
    if (step.kind === 'edit') return t('fix.edited', { count: step.cells.length, cells: number(step.cells.length) })
    const field = t(`term:field.${step.field}`)
    if (step.kind !== 'merge') return `${t(`fix.rule.${step.kind}`)}: ${field}`
    return `${field}: ${step.from.filter((one) => one !== step.to).join(', ')} → ${step.to}`
  }
}
