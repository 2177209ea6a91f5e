import { type RegistrySettings, zRegistrySettings } from '../../contract/registry/settings.ts'
import type { Reader } from './handle.ts'

/** Settings of the registry, as it told them last. */
export const registrySettingsOf = (cache: Reader): RegistrySettings =>
  zRegistrySettings.parse(JSON.parse(cache.value<string>('SELECT settings FROM cursor WHERE id = 1') ?? '{}'))
