import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { colorScheme } from './changeSettings.ts'
import { allowSingleKeys } from './keys/useKeys.ts'
import { useSettings } from './session.ts'

/** Lets theme and keys follow the settings. */
export function FollowSettings() {
  const { theme, singleKeys } = useSettings()
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => setColorScheme(colorScheme(theme)), [theme, setColorScheme])
  useEffect(() => allowSingleKeys(singleKeys), [singleKeys])
  return null
}
