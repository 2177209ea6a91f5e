import { createHash } from 'node:crypto'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { drawEvidence } from '../../src/sample/drawEvidence.ts'
import type { DrawnFile, SampleAppeal } from '../../src/sample/shape.ts'
import { smallSample } from '../../src/sample/smallSample.ts'

const appeals = smallSample({ seed: 1, today: '2026-11-23' }).history.flatMap((e) =>
  e.type === 'appeal' ? [e.appeal] : [],
)
const drawn = new Map<SampleAppeal, readonly DrawnFile[]>()
const files = (): readonly DrawnFile[] => [...drawn.values()].flat()

beforeAll(async () => {
  for (const appeal of appeals) drawn.set(appeal, await drawEvidence(appeal))
})

const words = async (content: Uint8Array): Promise<string> => {
  const pdf = await getDocument({ data: new Uint8Array(content), useSystemFonts: false, verbosity: 0 }).promise
  const items = (await (await pdf.getPage(1)).getTextContent()).items
  return items
    .map((i) => ('str' in i ? i.str : ''))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
}

describe('drawn evidence', () => {
  it('comes with every appeal, as PNG, JPEG and PDF', () => {
    for (const [appeal, own] of drawn) expect(own.length, appeal.appeal.id).toBeGreaterThanOrEqual(2)
    expect(new Set(files().map((f) => f.type))).toEqual(new Set(['image/png', 'image/jpeg', 'application/pdf']))
    expect(new Set(files().map((f) => f.shows))).toEqual(
      new Set(['receipt', 'stamp', 'declaration', 'imei-photo', 'certificate', 'other']),
    )
  })

  it('is what its type says, and its hash and size are its own', async () => {
    for (const file of files()) {
      expect(createHash('sha256').update(file.content).digest('hex')).toBe(file.sha256)
      expect(file.content.length).toBe(file.bytes)
      if (file.type === 'application/pdf') {
        expect(Buffer.from(file.content.subarray(0, 8)).toString()).toMatch(/^%PDF-1\.\d/)
        continue
      }
      const { format, width, height } = await sharp(file.content).metadata()
      expect(`image/${format}`).toBe(file.type)
      expect(Math.min(width, height)).toBeGreaterThan(300)
    }
  })

  it('has the same bytes when it is drawn again', async () => {
    for (const [appeal, own] of [...drawn].slice(0, 12))
      expect((await drawEvidence(appeal)).map((f) => f.sha256)).toEqual(own.map((f) => f.sha256))
  })

  it('says in three languages that it is a sample, and shows what is claimed', async () => {
    for (const [{ appeal, story }, own] of drawn) {
      for (const file of own.filter((f) => f.type === 'application/pdf')) {
        const text = await words(file.content)
        expect(text).toContain('SAMPLE')
        expect(text).toContain('ОБРАЗЕЦ')
        expect(text).toContain('ҮЛГІ')
        if (file.file === 'declaration.pdf') expect(text).toContain(appeal.claim.declarationNo)
        if (story !== 'owner-differs' && appeal.route !== 'gift') expect(text).toContain(appeal.applicant.name)
      }
    }
  })

  it('is the same file where one receipt serves several appeals', () => {
    const receipts = [...drawn]
      .filter(([a]) => a.story === 'receipt-reused')
      .map(([, own]) => own.find((f) => f.shows === 'receipt')?.sha256)
    expect(receipts.length).toBeGreaterThanOrEqual(3)
    expect(new Set(receipts).size).toBe(1)
  })
})
