/** Kinds of file an applicant may send, told by their first bytes and never by name. */
export const EVIDENCE_TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/tiff',
  'image/heic',
  'application/pdf',
] as const
export type EvidenceType = (typeof EVIDENCE_TYPES)[number]

const HEIC_BRANDS = ['heic', 'heix', 'hevc', 'hevx', 'mif1', 'msf1']

/** What a file is by its content; null for what is no evidence. 16 bytes are enough, 1,024 for a PDF with something before its mark. */
export function evidenceType(bytes: Uint8Array): EvidenceType | null {
  const ascii = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to))
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp'
  if (ascii(0, 4) === 'II*\0' || ascii(0, 4) === 'MM\0*') return 'image/tiff'
  if (ascii(4, 8) === 'ftyp' && HEIC_BRANDS.includes(ascii(8, 12))) return 'image/heic'
  if (ascii(0, 1024).includes('%PDF-')) return 'application/pdf'
  return null
}

const NAMED: Readonly<Record<string, EvidenceType>> = {
  ...{ jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', tif: 'image/tiff' },
  ...{ tiff: 'image/tiff', heic: 'image/heic', heif: 'image/heic', pdf: 'application/pdf' },
}

/** What a file's name says it is, where that is another kind of file than it is; null where both agree or the name says nothing we know. */
export function namedOtherwise(name: string, type: string): EvidenceType | null {
  const said = NAMED[/\.([a-z]{3,4})$/i.exec(name)?.[1]?.toLowerCase() ?? '']
  return said !== undefined && said !== type ? said : null
}
