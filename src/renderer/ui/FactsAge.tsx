import { Text } from '@mantine/core'
import { IconClock, IconClockExclamation } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStatus } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { useNow } from '../i18n/useNow.ts'
import classes from './FactsAge.module.css'

/** Facts older than this are shown as old; a connected desk hears from its registry much more often. */
const OLD_MS = 15 * 60_000

/** How old the facts on a screen are and up to which number of the registry they go; marked where they are old or a part of what is to come. */
export function FactsAge() {
  const { t } = useTranslation('common')
  const { age, number } = useFormat()
  const now = useNow(20)
  const status = useStatus()
  if (!status) return null
  const { lastSync, seq, filled } = status
  const isOld = lastSync === null || now - Date.parse(lastSync) > OLD_MS
  const Clock = isOld || !filled ? IconClockExclamation : IconClock
  const upTo =
    lastSync === null
      ? t('facts.none')
      : filled
        ? t('facts.as-of', { age: age(lastSync, now), seq: number(seq) })
        : t('facts.filling', { seq: number(seq) })
  return (
    <Text component="span" size="xs" className={classes.age} data-facts-age={isOld || !filled ? 'old' : 'fresh'}>
      <Clock size={14} aria-hidden />
      {upTo}
    </Text>
  )
}
