import fc from 'fast-check'
import { expect, test } from 'vitest'
import { namedApart } from '../../src/domain/evidence/namedApart.ts'

const named = (...names: string[]) => names.map((file) => ({ file }))

test('files of one name are numbered before their ending, also behind those there are', () => {
  const files = named('image.jpg', 'image.jpg', 'чек', 'чек', '.jpg', 'image (2).jpg')
  expect(namedApart(files, named('image.jpg')).map(({ file }) => file)).toEqual([
    ...['image (2).jpg', 'image (3).jpg', 'чек', 'чек (2)', '.jpg', 'image (2) (2).jpg'],
  ])
})

test('no two names are alike afterwards, whatever they were', () => {
  const name = fc.stringMatching(/^[a.() 2]{1,4}$/)
  fc.assert(
    fc.property(fc.array(name), fc.uniqueArray(name), (files, there) => {
      const all = [...there, ...namedApart(named(...files), named(...there)).map(({ file }) => file)]
      expect(new Set(all).size).toBe(all.length)
    }),
  )
})
