import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isIsoDate } from '../../domain/businessDate.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { changesBetween } from './policyChanges.ts'
import type { Policy } from './SimulatePolicy.tsx'

/** What a version changes against an earlier one, each parameter by its name. */
export function PolicyDifference({ earlier, later }: { readonly earlier: Policy; readonly later: Policy }) {
  const { t } = useTranslation(['registry', 'listing'])
  const { shortDate } = useFormat()
  const shown = (key: string, value: string): string => {
    if (key === 'precedence')
      return value
        .split(' > ')
        .map((rule) => t(`listing:rule.${rule}`))
        .join(' > ')
    if (key === 'blockRun.warning' && value !== '—') return t(`policy.warning.${value}`)
    return isIsoDate(value) ? shortDate(value) : value
  }
  const nameOf = (key: string): string => {
    const [head, year, part] = key.split('.')
    if (head !== 'calendar' || (part !== 'holidays' && part !== 'workingWeekends'))
      return t(`parameter.${key}`, { defaultValue: key })
    return t('policy.calendar.of-year', { part: t(`policy.calendar.${part}`), year })
  }
  return changesBetween(earlier, later).map(({ key, from, to }) => (
    <Text key={key} size="sm">
      {t('policy.change', {
        name: nameOf(key),
        from: shown(key, from),
        to: shown(key, to),
      })}
    </Text>
  ))
}
