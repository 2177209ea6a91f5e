import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { useOfficer } from '../app/session.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Screen } from '../ui/Screen.tsx'
import { ReviewScreen } from './ReviewScreen.tsx'

/** One appeal by its number. */
export function AppealReview() {
  const { t } = useTranslation('appeals')
  const { id } = useParams({ from: '/appeals/$id' })
  const appeal = useReading('appeal', { id })
  const officer = useOfficer()
  if (!officer) return null
  if (appeal.data) return <ReviewScreen key={id} appeal={appeal.data} officer={officer} />
  return (
    <Screen facts title={t('queue.title')}>
      <Loaded query={appeal}>{() => null}</Loaded>
    </Screen>
  )
}
