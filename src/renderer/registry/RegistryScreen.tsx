import { useTranslation } from 'react-i18next'
import { Screen } from '../ui/Screen.tsx'

/** Registry: the room is furnished by its own files. */
export function RegistryScreen() {
  const { t } = useTranslation('common')
  return <Screen title={t('rail.registry')}>{null}</Screen>
}
