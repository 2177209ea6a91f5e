import { useTranslation } from 'react-i18next'
import { type Lang, zLang } from '../../contract/value.ts'

/** The language the window speaks now. */
export function useLanguage(): Lang {
  const { i18n } = useTranslation()
  return zLang.catch('en').parse(i18n.language)
}
