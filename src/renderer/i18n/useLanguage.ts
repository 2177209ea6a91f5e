import { useTranslation } from 'react-i18next'
import { type Lang, zLang } from '../../contract/value.ts'

/** Made once: every text on the screen asks for its language. */
const zShown = zLang.catch('en')

/** The language the window speaks now. */
export function useLanguage(): Lang {
  const { i18n } = useTranslation()
  return zShown.parse(i18n.language)
}
