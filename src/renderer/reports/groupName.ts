import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/useFormat.ts'

const TERMS: Readonly<Record<string, string>> = {
  reason: 'reason',
  list: 'list',
  kind: 'kind',
  state: 'appealState',
  route: 'route',
}

/** Names the groups of a grouping in the officer's language; brands, models and TACs are names already. */
export function useGroupName(by: string): (key: string) => string {
  const { t } = useTranslation(['report', 'term'])
  const { month } = useFormat()
  return (key) => {
    const term = TERMS[by]
    if (term) return t(`term:${term}.${key}`, { defaultValue: key })
    if (by === 'month') return month(key)
    if (by === 'clock') return t(`clock.${key}`, { defaultValue: key })
    return key === 'unknown' ? t('document.unknown') : key
  }
}
