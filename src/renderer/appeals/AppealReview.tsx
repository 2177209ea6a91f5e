import { useTranslation } from 'react-i18next'
import { Screen } from '../ui/Screen.tsx'

export function AppealReview() {
  const { t } = useTranslation('appeals')
  return <Screen title={t('queue.title')}>{null}</Screen>
}
