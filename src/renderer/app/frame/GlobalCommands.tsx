import { spotlight } from '@mantine/spotlight'
import {
  IconArrowBackUp,
  IconChartBar,
  IconCommand,
  IconDatabase,
  IconFileImport,
  IconHistory,
  IconLanguage,
  IconListSearch,
  IconLogout,
  IconPlayerTrackNext,
  IconRefresh,
  IconSettings,
  IconStack2,
  IconSunMoon,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { takeBackLatest } from '../../appeals/heldDecisions.ts'
import { LANGUAGES } from '../../i18n/language.ts'
import { changeSettings } from '../changeSettings.ts'
import { useCommands } from '../commands.ts'
import { useKeys } from '../keys/useKeys.ts'
import { useNextAppeal } from '../nextAppeal.ts'
import { notifyDone, notifyProblem } from '../notify.tsx'
import { engine } from '../queries.ts'
import { useSettings } from '../session.ts'

const ROOMS = [
  { id: 'go-work', to: '/', icon: IconStack2, press: '$mod+Digit1' },
  { id: 'go-lookup', to: '/lookup', icon: IconListSearch, press: '$mod+Digit2' },
  { id: 'go-imports', to: '/imports', icon: IconFileImport, press: '$mod+Digit3' },
  { id: 'go-registry', to: '/registry', icon: IconDatabase, press: '$mod+Digit4' },
  { id: 'go-reports', to: '/reports', icon: IconChartBar, press: '$mod+Digit5' },
  { id: 'go-audit', to: '/audit', icon: IconHistory, press: '$mod+Digit6' },
  { id: 'go-settings', to: '/settings', icon: IconSettings, press: '$mod+Digit7' },
] as const

/** Commands and keys that work on every screen. */
export function GlobalCommands() {
  const { t } = useTranslation(['common', 'menu', 'appeals'])
  const navigate = useNavigate()
  const next = useNextAppeal()
  const { theme } = useSettings()
  const act = (call: () => Promise<unknown>): void => void call().catch(notifyProblem)
  const syncNow = async (): Promise<void> => {
    const { pulled, pushed } = await engine.call('sync', {})
    notifyDone(t('status.sync-done', { pushed, pulled }))
  }
  const takeBack = (): void => void takeBackLatest((id) => act(() => navigate({ to: '/appeals/$id', params: { id } })))
  const commands = [
    {
      id: 'next-appeal',
      label: t('menu:next-appeal'),
      icon: IconPlayerTrackNext,
      run: () => act(next.start),
      press: '$mod+KeyJ',
    },
    ...ROOMS.map(({ id, to, icon, press }) => ({
      id,
      label: t(`menu:${id}`),
      icon,
      press,
      run: () => act(() => navigate({ to })),
    })),
    {
      id: 'import-file',
      label: t('menu:import-file'),
      icon: IconFileImport,
      run: () => act(() => navigate({ to: '/imports', search: { pick: true } })),
      press: '$mod+KeyO',
    },
    { id: 'sync-now', label: t('menu:sync-now'), icon: IconRefresh, run: () => act(syncNow), press: 'F5' },
    { id: 'palette', label: t('menu:palette'), icon: IconCommand, run: () => spotlight.open(), press: '$mod+KeyK' },
    ...LANGUAGES.map((language) => ({
      id: `language-${language}`,
      label: `${t('language.label')}: ${t(`language.name.${language}`)}`,
      icon: IconLanguage,
      run: () => act(() => changeSettings({ language })),
    })),
    {
      id: 'theme',
      label: t('theme-switch'),
      icon: IconSunMoon,
      run: () => act(() => changeSettings({ theme: theme === 'dark' ? 'light' : 'dark' })),
    },
    { id: 'take-back', label: t('appeals:key.take-back'), icon: IconArrowBackUp, run: takeBack, press: '$mod+KeyZ' },
    { id: 'sign-out', label: t('menu:sign-out'), icon: IconLogout, run: () => act(() => engine.call('sign-out', {})) },
  ]
  useCommands(commands)
  useKeys(
    t('keys.everywhere'),
    commands.flatMap(({ id, label, run, ...rest }) =>
      // Ctrl+Z in a text takes back what was typed, as everywhere
      'press' in rest ? [{ press: rest.press, label, run, whileTyping: id !== 'take-back' }] : [],
    ),
  )
  return null
}
