import { Input, SegmentedControl, Stack, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { zSettings } from '../../contract/engine/session.ts'
import { zLang } from '../../contract/value.ts'
import { changeSettings } from '../app/changeSettings.ts'
import { useSettings } from '../app/session.ts'
import { LANGUAGES } from '../i18n/language.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { Panel } from '../ui/Panel.tsx'

const THEMES = ['light', 'dark', 'system'] as const

/** Takes effect at once. */
export function Appearance() {
  const { t } = useTranslation('settings')
  const language = useLanguage()
  const { theme, singleKeys, machineHelp } = useSettings()
  return (
    <Panel title={t('appearance')}>
      <Stack gap="md">
        <Input.Wrapper label={t('common:language.label')} labelElement="div">
          <SegmentedControl
            fullWidth
            aria-label={t('common:language.label')}
            data={LANGUAGES.map((value) => ({ value, label: t(`common:language.name.${value}`) }))}
            value={language}
            onChange={(value) => void changeSettings({ language: zLang.parse(value) })}
          />
        </Input.Wrapper>
        <Input.Wrapper label={t('theme.label')} labelElement="div">
          <SegmentedControl
            fullWidth
            aria-label={t('theme.label')}
            data={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
            value={theme}
            onChange={(value) => void changeSettings({ theme: zSettings.shape.theme.parse(value) })}
          />
        </Input.Wrapper>
        <Switch
          label={t('single-keys.label')}
          description={t('single-keys.hint')}
          checked={singleKeys}
          onChange={(event) => void changeSettings({ singleKeys: event.currentTarget.checked })}
        />
        <Switch
          label={t('machine-help.label')}
          description={t('machine-help.hint')}
          checked={machineHelp}
          onChange={(event) => void changeSettings({ machineHelp: event.currentTarget.checked })}
        />
      </Stack>
    </Panel>
  )
}
