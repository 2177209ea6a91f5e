import sharp from 'sharp'

/** A file as a portal sends it. */
interface Scan {
  readonly file: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** The most a file of an appeal may have is 64 MiB. */
const WANTED = 60_000_000

/** A page full of noise, which no compression makes small: the worst a scanner can send. */
const page = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: '#fff', noise: { type: 'gaussian', mean: 180, sigma: 40 } },
  })

/** Scans of about 60 MB: a photograph of many pixels, an uncompressed TIFF, and a PDF whose one page is the photograph. */
export async function largeScans(): Promise<readonly Scan[]> {
  const jpeg = await largeJpeg()
  const side = Math.floor(Math.sqrt(WANTED / 3))
  const tiff = await page(side, side).tiff({ compression: 'none' }).toBuffer()
  return [
    { file: 'scan.jpg', type: 'image/jpeg', bytes: new Uint8Array(jpeg.bytes) },
    { file: 'scan.tif', type: 'image/tiff', bytes: new Uint8Array(tiff) },
    { file: 'scan.pdf', type: 'application/pdf', bytes: pdfAround(jpeg) },
  ]
}

/** A small picture beside the scan, which the route asks for. */
export const smallPicture = async (): Promise<Scan> => ({
  file: 'imei.png',
  type: 'image/png',
  bytes: new Uint8Array(await page(600, 900).png().toBuffer()),
})

interface Jpeg {
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
}

async function largeJpeg(): Promise<Jpeg> {
  const [width, height] = [7000, 9900]
  for (let quality = 90; ; quality -= 4) {
    const bytes = await page(width, height).jpeg({ quality }).toBuffer()
    if (bytes.length <= WANTED * 1.05 || quality < 30) return { bytes, width, height }
  }
}

/** A PDF of one page of A4 with the picture on it. */
function pdfAround({ bytes, width, height }: Jpeg): Uint8Array<ArrayBuffer> {
  const content = 'q 595 0 0 842 0 0 cm /P Do Q'
  const picture = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8`
  const objects: readonly (readonly [head: string, stream: Buffer | null])[] = [
    ['<< /Type /Catalog /Pages 2 0 R >>', null],
    ['<< /Type /Pages /Kids [3 0 R] /Count 1 >>', null],
    [
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>',
      null,
    ],
    [`<< /Length ${content.length} >>`, Buffer.from(content)],
    [`<< ${picture} /Filter /DCTDecode /Length ${bytes.length} >>`, bytes],
  ]
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')]
  const places: number[] = []
  const length = (): number => parts.reduce((sum, part) => sum + part.length, 0)
  for (const [i, [head, stream]] of objects.entries()) {
    places.push(length())
    parts.push(Buffer.from(`${i + 1} 0 obj\n${head}\n`))
    if (stream) parts.push(Buffer.from('stream\n'), stream, Buffer.from('\nendstream\n'))
    parts.push(Buffer.from('endobj\n'))
  }
  const start = length()
  const rows = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  parts.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}${trailer}`))
  return new Uint8Array(Buffer.concat(parts))
}
