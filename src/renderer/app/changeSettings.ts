import type { MantineColorScheme } from '@mantine/core'
import type { Settings } from '../../contract/engine/session.ts'
import { switchLanguage } from '../i18n/language.ts'
import { notifyProblem } from './notify.tsx'
import { engine, queryClient, reading } from './queries.ts'
import { shell } from './shell.ts'

/** Changes settings at once on screen, then keeps them in the engine; the menu bar follows the language. */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const { queryKey } = reading('settings', {})
  queryClient.setQueryData<Settings>(queryKey, (old) => (old ? { ...old, ...change } : old))
  try {
    if (change.language) {
      await switchLanguage(change.language)
      await shell('set-language', { language: change.language })
    }
    queryClient.setQueryData(queryKey, await engine.call('change-settings', change))
  } catch (error) {
    notifyProblem(error)
  }
}

/** The settings' theme as Mantine names it. */
export const colorScheme = (theme: Settings['theme']): MantineColorScheme => (theme === 'system' ? 'auto' : theme)
