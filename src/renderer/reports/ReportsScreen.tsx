import { useTranslation } from 'react-i18next'
import { Screen } from '../ui/Screen.tsx'

/** Reports: the room is furnished by its own files. */
export function ReportsScreen() {
  const { t } = useTranslation('common')
  return <Screen title={t('rail.reports')}>{null}</Screen>
}
