import { Group, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { changeSettings } from '../app/changeSettings.ts'
import { LANGUAGES } from '../i18n/language.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import classes from './LanguageChoice.module.css'

/** Each language by its own name, so that nobody has to read another one to find his. */
export function LanguageChoice() {
  const { t } = useTranslation('common')
  const current = useLanguage()
  return (
    <Group gap={4} role="radiogroup" aria-label={t('language.label')}>
      {LANGUAGES.map((language) => (
        <UnstyledButton
          key={language}
          className={classes.language}
          role="radio"
          aria-checked={language === current}
          lang={language}
          onClick={() => void changeSettings({ language })}
        >
          {t(`language.name.${language}`)}
        </UnstyledButton>
      ))}
    </Group>
  )
}
