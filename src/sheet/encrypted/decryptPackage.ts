import type { Buffer } from 'node:buffer'
import type { CompoundFile } from '../legacy/compoundFile.ts'
import { SheetError } from '../sheetError.ts'
import { decryptAgile } from './agile.ts'
import { decryptStandard } from './standard.ts'

const LARGEST_INFO = 1 << 20
/** The workbook has to be in memory: in clear it must not touch the disk. */
const LARGEST_PACKAGE = 256 << 20

/** Whether these are the streams of a password-protected workbook ([MS-OFFCRYPTO]). */
export function isEncryptedPackage(names: readonly string[]): boolean {
  return names.includes('EncryptedPackage') && names.includes('EncryptionInfo')
}

/**
 * The workbook inside a password-protected one.
 * @throws SheetError `sheet-wrong-password`, `sheet-unsupported` (a cipher that is not AES), `sheet-broken-part`, `sheet-too-large`
 */
export async function decryptPackage(file: CompoundFile, password: string): Promise<Buffer> {
  const info = await file.read('EncryptionInfo', LARGEST_INFO)
  const packed = await file.read('EncryptedPackage', LARGEST_PACKAGE)
  if (info.length < 8 || packed.length < 8) throw new SheetError('sheet-broken-part', { reason: 'encryption info' })
  const [major, minor] = [info.readUInt16LE(0), info.readUInt16LE(2)]
  if (major === 4 && minor === 4) return decryptAgile(info.subarray(8), packed, password)
  if (minor === 2 && major >= 2 && major <= 4) return decryptStandard(info.subarray(8), packed, password)
  throw new SheetError('sheet-unsupported', { found: `encryption ${major}.${minor}` })
}
