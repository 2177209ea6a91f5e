import { safeStorage } from 'electron'
import type { Keychain } from './databaseKey.ts'

/** Backends of safeStorage on Linux that do not protect: `basic_text` obscures with a key known to everybody. */
const NOT_PROTECTING = new Set(['basic_text', 'unknown'])

/** The operating system's keychain. Ask only after the app is ready. */
export function systemKeychain(): Keychain {
  const available = safeStorage.isEncryptionAvailable()
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform
  return {
    backend: available && !NOT_PROTECTING.has(backend) ? backend : null,
    seal: (text) => safeStorage.encryptString(text),
    unseal: (sealed) => safeStorage.decryptString(sealed),
  }
}
