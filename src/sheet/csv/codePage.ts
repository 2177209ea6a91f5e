import { Buffer } from 'node:buffer'
import { SheetError } from '../sheetError.ts'
import type { Encoding } from '../workbook.ts'

/** Encodings with one byte a letter. */
export type CodePage = Exclude<Encoding, 'utf-8' | 'utf-16le' | 'utf-16be'>

export const CODE_PAGES: readonly CodePage[] = ['windows-1251', 'rk1048', 'pt154', 'cp866']

/** The characters of the bytes 128 to 255; U+FFFD where the code page has none. A test compares them with another library. */
const UPPER_HALVES: Record<CodePage, string> = {
  'windows-1251':
    'ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\ufffd™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї' +
    'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя',
  rk1048:
    'ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏђ‘’“”•–—\ufffd™љ›њқһџ\u00a0ҰұӘ¤Ө¦§Ё©Ғ«¬\u00ad®Ү°±Ііөµ¶·ё№ғ»әҢңү' +
    'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя',
  pt154:
    'ҖҒӮғ„…ҶҮҲүҠӢҢҚҺҸҗ‘’“”•–—ҳҷҡӣңқһҹ\u00a0ЎўЈӨҘҰ§Ё©Ә«¬ӯ®Ҝ°ұІіҙө¶·ё№ә»јҪҫҝ' +
    'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя',
  cp866:
    'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
    '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀рстуфхцчшщъыьэюяЁёЄєЇїЎў°∙·√№¤■\u00a0',
}

/** For each of the 256 bytes its character. */
export function charactersOf(page: CodePage): readonly string[] {
  return Array.from({ length: 256 }, (_, byte) =>
    byte < 128 ? String.fromCharCode(byte) : (UPPER_HALVES[page][byte - 128] as string),
  )
}

/** The text of bytes in a code page. */
export function decodeCodePage(bytes: Uint8Array, page: CodePage): string {
  const characters = charactersOf(page)
  return Array.from(bytes, (byte) => characters[byte] as string).join('')
}

/** Makes a function that turns bytes of a code page into UTF-8 and reports how many had no character. */
export function codePageDecoder(page: CodePage): (piece: Uint8Array) => { utf8: Buffer; bad: number } {
  const encoded = charactersOf(page).map((character) => Buffer.from(character, 'utf8'))
  const bad = charactersOf(page).map((character) => character === '\ufffd')
  return (piece) => {
    const utf8 = Buffer.allocUnsafe(piece.length * 3)
    let at = 0
    let badCount = 0
    for (let i = 0; i < piece.length; i++) {
      const byte = piece[i] as number
      if (byte < 0x80) {
        utf8[at++] = byte
        continue
      }
      const letter = encoded[byte] as Buffer
      for (let k = 0; k < letter.length; k++) utf8[at++] = letter[k] as number
      if (bad[byte]) badCount += 1
    }
    return { utf8: utf8.subarray(0, at), bad: badCount }
  }
}

/**
 * Makes a function that turns text into the bytes of a code page.
 * @throws SheetError `sheet-unwritable-value` for a letter that the code page lacks: a `?` in its place would be a silent loss
 */
export function codePageEncoder(page: CodePage): (text: string) => Buffer {
  const bytes = new Map(charactersOf(page).map((character, byte) => [character.charCodeAt(0), byte]))
  return (text) => {
    const encoded = Buffer.allocUnsafe(text.length)
    for (let i = 0; i < text.length; i++) {
      const byte = bytes.get(text.charCodeAt(i))
      if (byte === undefined) throw new SheetError('sheet-unwritable-value', { value: text[i] as string, reason: page })
      encoded[i] = byte
    }
    return encoded
  }
}
