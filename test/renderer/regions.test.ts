import { describe, expect, it } from 'vitest'
import type { EvidenceReading } from '../../src/contract/engine/evidence.ts'
import type { EvidenceFile } from '../../src/domain/appeal.ts'
import { pageFor, placesOf, regionsOn } from '../../src/renderer/appeals/regions.ts'

const box = { x: 0.1, y: 0.2, width: 0.3, height: 0.05 }
const file = (n: number, shows: EvidenceFile['shows']): EvidenceFile => ({
  file: `${n}.jpg`,
  sha256: String(n).repeat(64),
  bytes: 1,
  type: 'image/jpeg',
  shows,
})
const files = [file(1, 'receipt'), file(2, 'imei-photo'), file(3, 'certificate')]

const read = (fields: EvidenceReading['fields'], findings: EvidenceReading['findings'] = []): EvidenceReading => ({
  type: 'image/jpeg',
  pages: 2,
  pagesRead: 2,
  findings,
  fields,
  takenAt: null,
})
const imeiOther = { field: 'imei1', shows: 'other', value: '356938035643809', page: 0, box, by: 'barcode' } as const
const imeiClaimed = { field: 'imei1', shows: 'claimed', value: '490154203237518', page: 1, box, by: 'text' } as const
const unclaimed = { kind: 'imei', value: '356938035643809', text: '', page: 1, box, by: 'text', sure: 1 } as const

describe('where the machine saw a field', () => {
  const readings = new Map([
    [files[0]?.sha256 ?? '', read([imeiOther])],
    [files[1]?.sha256 ?? '', read([imeiClaimed], [unclaimed])],
  ])

  it('is the paper that shows it as claimed, even when another paper comes first', () => {
    expect(placesOf(files, readings).get('imei1')).toMatchObject({ file: 1, page: 1, shows: 'claimed' })
    expect(pageFor('imei1', files, readings)).toMatchObject({ file: 1, page: 1 })
  })

  it('is the paper that should show it while nothing was read', () => {
    expect(pageFor('imei1', files, new Map())).toEqual({ file: 1, page: 0 })
    expect(pageFor('entry', files, readings)).toEqual({ file: 2, page: 0 })
    expect(pageFor('firstSeen', files, readings)).toBeNull()
  })

  it('is framed on its page only, with IMEIs that nobody claims', () => {
    const reading = readings.get(files[1]?.sha256 ?? '')
    expect(regionsOn(reading, 0)).toEqual([])
    expect(regionsOn(reading, 1).map(({ field, shows }) => [field, shows])).toEqual([
      ['imei1', 'claimed'],
      [null, 'other'],
    ])
    expect(regionsOn(undefined, 0)).toEqual([])
  })
})
