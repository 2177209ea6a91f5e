import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/useFormat.ts'
import type { NotReady } from './readiness.ts'

/** Says in words what stands against a decision. */
export function useObstacleText(): (obstacle: NotReady) => string {
  const { t } = useTranslation(['appeals', 'term'])
  const { date } = useFormat()
  return (obstacle) => {
    switch (obstacle.why) {
      case 'unseen':
      case 'contradict':
        return t(`not-ready.${obstacle.why}`, {
          fields: obstacle.fields.map((field) => t(`term:field.${field}`)).join(', '),
        })
      case 'other-body':
        return t('not-ready.other-body', { owner: t(`term:source.${obstacle.owner}`) })
      case 'hearing':
        return t('not-ready.hearing', { date: date(obstacle.date) })
      default:
        return t(`not-ready.${obstacle.why}`)
    }
  }
}
