import { useTranslation } from 'react-i18next'
import { Screen } from '../ui/Screen.tsx'

/** Imports: the room is furnished by its own files. */
export function ImportsScreen() {
  const { t } = useTranslation('common')
  return <Screen title={t('rail.imports')}>{null}</Screen>
}
