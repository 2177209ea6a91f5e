import { describe, expect, it } from 'vitest'
import { CLAIM_FIELDS, type EvidenceFile, type EvidenceKind } from '../../src/domain/appeal.ts'
import { evidenceOf } from '../../src/renderer/appeals/fieldEvidence.ts'
import { addressFor } from '../../src/renderer/appeals/picture.ts'
import { NO_RING, stepOn } from '../../src/renderer/appeals/sharedRing.ts'
import {
  FIRST_LOOK,
  fitScale,
  inView,
  look,
  shareAt,
  turnedPoint,
  uprightBox,
  uprightPoint,
  type ViewerAct,
} from '../../src/renderer/appeals/viewerState.ts'

const looks = (...acts: readonly ViewerAct[]) => acts.reduce(look, FIRST_LOOK)

describe('looking at evidence', () => {
  it('a page much larger than the screen is shown in its size until somebody looks closer than that has pixels', () => {
    const page = { url: 'whole', fit: { url: 'of the screen', width: 640 } }
    expect([400, 640, 641].map((width) => addressFor(page, width))).toEqual(['of the screen', 'of the screen', 'whole'])
    expect(addressFor({ url: 'small photograph' }, 100)).toBe('small photograph')
  })

  it('Q and E go round the files; each begins upright and whole', () => {
    const turned = looks({ do: 'rotate', by: 1 }, { do: 'zoom', by: 2, fit: 0.5 })
    expect(turned).toMatchObject({ turns: 1, zoom: 1 })
    expect(look(turned, { do: 'turn-files', by: -1, files: 3 })).toMatchObject({
      file: 2,
      turns: 0,
      zoom: null,
      page: 0,
    })
    expect(looks({ do: 'turn-files', by: 1, files: 2 }, { do: 'turn-files', by: 1, files: 2 }).file).toBe(0)
  })

  it('four turns are none', () => {
    expect(looks(...Array<ViewerAct>(4).fill({ do: 'rotate', by: -1 })).turns).toBe(0)
  })

  it('what is seen of a turned picture is known on the upright one', () => {
    // the upper right corner of what is seen
    const seen = { x: 0.75, y: 0, width: 0.25, height: 0.5 }
    const corners = ([0, 1, 2, 3] as const).map((turns) => uprightBox(seen, turns))
    expect(corners).toEqual([
      seen,
      { x: 0, y: 0, width: 0.5, height: 0.25 },
      { x: 0, y: 0.5, width: 0.25, height: 0.5 },
      { x: 0.5, y: 0.75, width: 0.5, height: 0.25 },
    ])
  })

  it('a point of a turned picture is found again when it is turned back', () => {
    const point = { x: 0.2, y: 0.7 }
    for (const turns of [0, 1, 2, 3] as const) {
      const { x, y } = uprightPoint(turnedPoint(point, turns), turns)
      expect([x, y]).toEqual([expect.closeTo(0.2), expect.closeTo(0.7)])
    }
    // what lies above on the right of the upright one lies below on the right when it is turned clockwise
    const { x, y } = turnedPoint({ x: 0.9, y: 0.1 }, 1)
    expect([x, y]).toEqual([expect.closeTo(0.9), expect.closeTo(0.9)])
  })

  it('what lies at a point of the place is told in shares of the sheet, also where the sheet does not fill it', () => {
    const sheet = { width: 2000, height: 1000 }
    expect(shareAt({ x: 500, y: 250, width: 400, height: 300 }, sheet, { x: 100, y: 50 })).toEqual({ x: 0.3, y: 0.3 })
    const small = { width: 200, height: 1000 }
    expect(shareAt({ x: 0, y: 400, width: 400, height: 300 }, small, { x: 200, y: 100 })).toEqual({ x: 0.5, y: 0.5 })
  })

  it('a box is in view when all of it is, however the sheet is turned', () => {
    const seen = { x: 1000, y: 0, width: 1000, height: 500 }
    const sheet = { width: 2000, height: 1000, turns: 0 } as const
    expect(inView(seen, sheet, { x: 0.6, y: 0.1, width: 0.3, height: 0.2 })).toBe(true)
    expect(inView(seen, sheet, { x: 0.6, y: 0.4, width: 0.3, height: 0.2 })).toBe(false)
    // turned by a quarter the left upper corner comes to the right
    expect(inView(seen, { ...sheet, turns: 1 }, { x: 0.1, y: 0.1, width: 0.1, height: 0.1 })).toBe(true)
    expect(inView(seen, { ...sheet, turns: 1 }, { x: 0.1, y: 0.7, width: 0.1, height: 0.1 })).toBe(false)
  })

  it('zooming starts from the scale that fits and has its ends', () => {
    expect(looks({ do: 'zoom', by: 1.25, fit: 0.4 }).zoom).toBeCloseTo(0.5)
    expect(looks(...Array<ViewerAct>(90).fill({ do: 'zoom', by: 2, fit: 1 })).zoom).toBe(12)
    expect(looks({ do: 'zoom', by: 2, fit: 1 }, { do: 'fit' }).zoom).toBeNull()
  })

  it('two-up keeps the present file beside the next one; with one file there is nothing beside', () => {
    expect(looks({ do: 'beside', files: 3 })).toMatchObject({ beside: 0, file: 1 })
    expect(looks({ do: 'beside', files: 3 }, { do: 'beside', files: 3 }).beside).toBeNull()
    expect(looks({ do: 'beside', files: 1 }).beside).toBeNull()
    expect(looks({ do: 'page', by: 1, pages: 3 }, { do: 'rotate', by: 1 }, { do: 'beside', files: 3 })).toMatchObject({
      ...{ beside: 0, besideLook: { page: 1, turns: 1 }, file: 1, page: 0, turns: 0 },
    })
  })

  it('pages stop at the ends', () => {
    expect(looks({ do: 'page', by: -1, pages: 2 }).page).toBe(0)
    expect(looks({ do: 'page', by: 1, pages: 2 }, { do: 'page', by: 1, pages: 2 }).page).toBe(1)
  })

  it('a picture lying on its side fits by its other edge', () => {
    const picture = { width: 2000, height: 1000 }
    expect(fitScale(picture, { width: 500, height: 500 }, 0)).toBe(0.25)
    expect(fitScale(picture, { width: 250, height: 500 }, 1)).toBe(0.25)
    expect(fitScale({ width: 10, height: 10 }, { width: 500, height: 500 }, 0)).toBe(2)
  })
})

describe('appeals that share something', () => {
  it('are gone through one after the other, back to where the officer began', () => {
    const steps: (string | null)[] = []
    let ring = NO_RING
    for (let i = 0, at = 'A'; i < 4; i++) {
      // whom the others share with does not matter on the way
      ring = stepOn(ring, at, at === 'A' ? ['B', 'C'] : ['A', 'X', 'Y']) ?? expect.fail('nowhere to go')
      steps.push(ring.at)
      at = ring.at ?? ''
    }
    expect(steps).toEqual(['B', 'C', 'A', 'B'])
  })

  it('begin a new round where the officer came by another way, and lead nowhere where there are none', () => {
    const ring = stepOn(NO_RING, 'A', ['B'])
    expect(stepOn(ring ?? NO_RING, 'C', ['D', 'C'])).toEqual({ appeals: ['C', 'D'], at: 'D' })
    expect(stepOn(NO_RING, 'A', [])).toBeNull()
  })
})

describe('the paper that shows a field', () => {
  const file = (shows: EvidenceKind): EvidenceFile => ({
    file: `${shows}.jpg`,
    sha256: '',
    bytes: 1,
    type: 'image/jpeg',
    shows,
  })
  const files = [file('receipt'), file('stamp'), file('imei-photo')]

  it('comes up with the field', () => {
    expect(evidenceOf('imei1', files)).toBe(2)
    expect(evidenceOf('purchase', files)).toBe(0)
    expect(evidenceOf('entry', files)).toBe(1)
  })

  it('stays as it is when no paper shows the field', () => {
    expect(evidenceOf('firstSeen', files)).toBeNull()
    for (const field of CLAIM_FIELDS) expect(evidenceOf(field, [])).toBeNull()
  })
})
