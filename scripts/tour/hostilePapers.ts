// Files as they come from outside: damaged, mislabelled, made to break whoever opens them. For the tests of the window and the pictures of
// its states.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import type { EvidenceKind } from '../../src/domain/appeal.ts'
import { imei15Text } from '../../src/domain/imei.ts'

export interface HostilePaper {
  readonly file: string
  readonly shows: EvidenceKind
  readonly bytes: Uint8Array
}

/** A photograph that says where it was taken, and lies on its side. */
async function photographWithPlace(): Promise<Buffer> {
  const words = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1200"><rect width="100%" height="100%" fill="#f4efe2"/><text x="80" y="200" font-family="sans-serif" font-size="64">SAMPLE</text><text x="80" y="320" font-family="sans-serif" font-size="44">R-0001 · 14.09.2026</text></svg>`
  return sharp(Buffer.from(words))
    .rotate(-90)
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD3: {
        ...{ GPSLatitudeRef: 'N', GPSLatitude: '51/1 7/1 3012/100' },
        ...{ GPSLongitudeRef: 'E', GPSLongitude: '71/1 25/1 4890/100' },
      },
    })
    .jpeg()
    .toBuffer()
}

/** All of them, a file of each kind. `own` makes the files of one appeal differ from those of another. */
export async function hostilePapers(own: string): Promise<readonly HostilePaper[]> {
  const photograph = await photographWithPlace()
  const heic = readFileSync(new URL('../../test/engine/evidence/papers/telephone.heic', import.meta.url))
  const tiff = await sharp(photograph).autoOrient().tiff({ compression: 'lzw' }).toBuffer()
  const unknown = Buffer.from(heic)
  // a codec that nobody has
  unknown.write('xxx1', unknown.indexOf('hvc1'), 'latin1')
  const files: readonly (readonly [string, EvidenceKind, Uint8Array])[] = [
    ['screen.heic', 'imei-photo', heic],
    ['receipt.pdf', 'receipt', photograph],
    ['broken.pdf', 'certificate', Buffer.from('%PDF-1.7\nthis is all that was left of it')],
    ['scripts.pdf', 'other', pdfWithScripts()],
    ['pages.pdf', 'other', pdfOfPages(10_000)],
    ['bomb.png', 'other', pngOf(30_000, 30_000)],
    ['large.png', 'other', pngOf(19_000, 12_000)],
    ['bomb.pdf', 'other', pdfWithPicture(20_000)],
    ['endless.pdf', 'other', endlessPdf()],
    ['scan.tif', 'stamp', tiff],
    ['no-codec.heic', 'other', unknown],
  ]
  // bytes behind the end change what the file is called, not what it shows
  return files.map(([file, shows, bytes]) => ({ file, shows, bytes: Buffer.concat([bytes, Buffer.from(`\n%${own}`)]) }))
}

/** Files an appeal with these papers at a registry with sample data; answers its number. */
export async function fileHostile(registry: string, n: number, claim: { priceTenge?: number } = {}): Promise<string> {
  const evidence = []
  for (const { file, shows, bytes } of await hostilePapers(String(n))) {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await sent(`${registry}/intake/blobs/${sha256}`, { method: 'PUT', body: new Uint8Array(bytes) })
    evidence.push({ file, shows, sha256, bytes: bytes.length, type: 'application/octet-stream' })
  }
  const answer = await sent(`${registry}/intake/appeals`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      route: 'second-imei',
      applicant: { key: { kind: 'iin', iin: '900101300007' }, name: 'Үлгі Айгүл (SAMPLE)', language: 'kk' },
      claim: { imeis: [imei15Text(35_300_199_000_000 + n)], brand: 'Samsung', model: 'A55', ...claim },
      evidence,
    }),
  })
  return ((await answer.json()) as { id: string }).id
}

async function sent(url: string, request: RequestInit): Promise<Response> {
  const answer = await fetch(url, request)
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
  return answer
}

/** A PNG of white dots, one bit each: some hundred kilobytes that unpack to gigabytes. */
function pngOf(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 1
  const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)), 0xff)
  for (let y = 0; y < height; y++) rows[y * (1 + Math.ceil(width / 8))] = 0
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 1 })), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A document of these objects, numbered from 1; the first is its catalogue. */
function pdfOf(objects: readonly (string | Buffer)[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')]
  let at = parts[0]?.length ?? 0
  const places: number[] = []
  for (const [i, object] of objects.entries()) {
    places.push(at)
    const part = Buffer.concat([
      Buffer.from(`${i + 1} 0 obj\n`),
      Buffer.from(object as string),
      Buffer.from('\nendobj\n'),
    ])
    parts.push(part)
    at += part.length
  }
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const count = objects.length + 1
  const end = `xref\n0 ${count}\n0000000000 65535 f \n${rows}trailer\n<</Size ${count}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`
  return Buffer.concat([...parts, Buffer.from(end)])
}

const stream = (content: string, dictionary = ''): string =>
  `<<${dictionary}/Length ${content.length}>>\nstream\n${content}\nendstream`
const FONT = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'
const words = (text: string): string => `BT /F1 24 Tf 60 700 Td (${text}) Tj ET`

/** Tries to run scripts when it is opened, to start a program and to open a web page. */
function pdfWithScripts(): Buffer {
  const script =
    "app.alert('opened'); this.submitForm('https://example.org/'); app.launchURL('https://example.org/', true)"
  return pdfOf([
    '<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R/AA<</WC 6 0 R>>/Names<</JavaScript<</Names[(a) 6 0 R]>>>>>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/AA<</O 6 0 R>>/Annots[7 0 R]>>',
    stream(words('SAMPLE: this page has scripts')),
    FONT,
    `<</S/JavaScript/JS(${script.replaceAll(/([()\\])/g, '\\$1')})/Next<</S/Launch/F(calc.exe)>>>>`,
    '<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A<</S/URI/URI(https://example.org/)>>>>',
  ])
}

function pdfOfPages(count: number): Buffer {
  const pages = Array.from({ length: count }, (_, i) => `${i + 5} 0 R`)
  return pdfOf([
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${pages.join(' ')}]/Count ${count}>>`,
    stream(words('SAMPLE: one page of many')),
    FONT,
    ...pages.map(
      () => '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font<</F1 4 0 R>>>>>>',
    ),
  ])
}

/** A page with a picture inside that unpacks to `side` × `side` grey dots. */
function pdfWithPicture(side: number): Buffer {
  const packed = deflateSync(Buffer.alloc(side * side, 0x80), { level: 1 })
  const head = `<</Type/XObject/Subtype/Image/Width ${side}/Height ${side}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length ${packed.length}>>\nstream\n`
  return pdfOf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</I 6 0 R>>>>>>',
    stream(`q 400 0 0 400 90 200 cm /I Do Q ${words('SAMPLE: a picture of 400 million dots')}`),
    FONT,
    Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')]),
  ])
}

/** Ten forms, each drawing the next one ten times: nobody ever draws it whole. */
function endlessPdf(): Buffer {
  const LEVELS = 10
  const forms = Array.from({ length: LEVELS }, (_, i) => {
    const inner = i === LEVELS - 1 ? '0 0 10 10 re f ' : '/N Do '
    const next = i === LEVELS - 1 ? '' : `/XObject<</N ${5 + i + 1} 0 R>>`
    return stream(inner.repeat(10), `/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<${next}>>`)
  })
  return pdfOf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</N 5 0 R>>>>>>',
    stream('/N Do'),
    ...forms,
  ])
}
