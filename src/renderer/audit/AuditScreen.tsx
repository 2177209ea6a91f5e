import { useTranslation } from 'react-i18next'
import { Screen } from '../ui/Screen.tsx'

/** Audit: the room is furnished by its own files. */
export function AuditScreen() {
  const { t } = useTranslation('common')
  return <Screen title={t('rail.audit')}>{null}</Screen>
}
