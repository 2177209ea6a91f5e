import { Alert, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { HeldCounts } from '../../contract/engine/blockRun.ts'
import type { IsoDate } from '../../domain/fact.ts'
import { useFormat } from '../i18n/useFormat.ts'

/** Why IMEIs are held back from a run, in a sentence; nothing where none is. */
export function HeldBack({ heldBy }: { readonly heldBy: HeldCounts }) {
  const { t } = useTranslation('registry')
  const { number } = useFormat()
  const { appeal, complaint, warning } = heldBy
  if (appeal + complaint + warning === 0) return null
  return (
    <Text size="sm" data-testid="run-held-by">
      {t('run.held-by', { appeal: number(appeal), complaint: number(complaint), warning: number(warning) })}
    </Text>
  )
}

/** Says that an amnesty lasts; nothing where none does. */
export function Amnesty({ until }: { readonly until: IsoDate | null }) {
  const { t } = useTranslation('registry')
  const { shortDate } = useFormat()
  return until === null ? null : (
    <Alert color="yellow.9" variant="outline" data-testid="run-amnesty">
      {t('run.amnesty', { date: shortDate(until) })}
    </Alert>
  )
}
