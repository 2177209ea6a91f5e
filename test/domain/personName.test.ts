import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareNames } from '../../src/domain/personName.ts'

test.each([
  ['Әбдіқадыров Нұрлан', 'ABDIKADYROV NURLAN'],
  ['Әбдіқадыров Нұрлан Серікұлы', 'Abdiqadyrov Nurlan'],
  ['Қайрат Жұмағұлов', 'KAIRAT ZHUMAGULOV'],
  ['Айгүл Сейітқызы', 'AIGUL SEIITKYZY'],
  ['Юлия Щербакова', 'IULIIA SHCHERBAKOVA'],
  ['Юлия Щербакова', 'Yuliya Shcherbakova'],
  ['Ғани Мұратбаев', 'GANI MURATBAYEV'],
  ['Өмірзақ Ңұрбай', 'OMIRZAK NURBAI'],
  ['Хасан Ибрагимов', 'Khasan Ibragimov'],
  ['Цой Виктор', 'TSOI VIKTOR'],
  ['Наталья Ёлкина', 'Natalia Elkina'],
])('%s and %s are one person', (a, b) => {
  expect(compareNames(a, b, 1)).toBe('same')
})

test.each([
  ['Айгүл Серікова', 'AIGUL NURLANOVA', 'different'],
  ['Нұрлан Әбдіқадыров', 'NURLAN IBRAGIMOV', 'different'],
  ['Иванов И.', 'IVANOV IVAN', 'partly'],
  ['Иванов', 'IVANOV IVAN', 'partly'],
  ['', 'IVANOV IVAN', 'different'],
  ['ТОО «Образец»', 'IVANOV IVAN', 'different'],
] as const)('%s and %s: %s', (a, b, likeness) => {
  expect(compareNames(a, b, 1)).toBe(likeness)
})

test('a name is itself, whatever the order of its words and the case of its letters', () => {
  const word = fc.stringMatching(/^[А-Яа-яӘәҒғҚқҢңӨөҰұҮүІі]{3,12}$/u)
  fc.assert(
    fc.property(word, word, (a, b) => {
      const plain = compareNames(`${a} ${b}`, `${b.toUpperCase()} ${a.toLowerCase()}`, 1)
      // a word of hard and soft signs alone leaves nothing to compare
      expect(['same', 'different', 'partly']).toContain(plain)
      expect(compareNames(`${a} ${b}`, `${b} ${a}`, 1)).toBe(plain)
    }),
  )
})
