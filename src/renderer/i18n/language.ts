import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Lang } from '../../contract/value.ts'

export const LANGUAGES: readonly Lang[] = ['kk', 'ru', 'en']

const files = import.meta.glob<Record<string, unknown>>('../../../resources/locales/*/*.json', {
  eager: true,
  import: 'default',
})

function resources(): Record<string, Record<string, Record<string, unknown>>> {
  const all: Record<string, Record<string, Record<string, unknown>>> = {}
  for (const [path, texts] of Object.entries(files)) {
    const [lang, file] = path.split('/').slice(-2)
    if (!lang || !file) throw new Error(`a locale file at an odd place: ${path}`)
    all[lang] = { ...all[lang], [file.replace('.json', '')]: texts }
  }
  return all
}

/** Prepares all texts at once (they are bundled), so that no screen ever waits for its words. */
export async function startLanguage(language: Lang): Promise<void> {
  document.documentElement.lang = language
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    supportedLngs: [...LANGUAGES],
    defaultNS: 'common',
    resources: resources() as never,
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  })
}

/** Switches every text at once, and the language that assistive tools read the page in. */
export async function switchLanguage(language: Lang): Promise<void> {
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}

/** Language before the officer chose one: the system's, or Russian where we do not speak it. */
export function systemLanguage(locale: string): Lang {
  const [name] = locale.toLowerCase().split('-')
  return name === 'kk' || name === 'en' ? name : 'ru'
}
