import crypto from 'node:crypto'
import { readFileSync } from 'node:fs'
import { openSealedKey, sealKey } from '../contract/passphraseKey.ts'
import { keepFile } from './keepFile.ts'

/** The key of a home that an officer's passphrase opens; made of the first passphrase where the home is new. */
export class PassphraseKey {
  readonly #file: string
  readonly #home: string
  #isNew: boolean

  constructor(file: string, home: string, isNew: boolean) {
    this.#file = file
    this.#home = home
    this.#isNew = isNew
  }

  /** No passphrase was chosen yet. */
  get isNew(): boolean {
    return this.#isNew
  }

  /** The key, hex. Throws `passphrase-wrong`, for a new home `passphrase-weak`; `home-key-wrong` when the file is damaged. */
  open(passphrase: string): string {
    if (!this.#isNew) return openSealedKey(crypto, readFileSync(this.#file, 'utf8'), passphrase, this.#home)
    const keyHex = crypto.randomBytes(32).toString('hex')
    keepFile(this.#file, sealKey(crypto, keyHex, passphrase))
    this.#isNew = false
    return keyHex
  }

  /** From now on another passphrase opens the same key. Throws `passphrase-wrong`, `passphrase-weak`. */
  change(former: string, next: string): void {
    const keyHex = openSealedKey(crypto, readFileSync(this.#file, 'utf8'), former, this.#home)
    keepFile(this.#file, sealKey(crypto, keyHex, next))
  }
}
