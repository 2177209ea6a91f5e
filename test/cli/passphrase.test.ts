import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { desk, temporaryFolder } from './deskProcess.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder.path, name)
afterAll(() => folder.remove())

test('a passphrase keeps the key of a home, and another one after it was changed', async () => {
  const [former, next] = [at('former.txt'), at('next.txt')]
  writeFileSync(former, 'жеті рет өлшеп, бір рет кес\n')
  writeFileSync(next, 'семь раз отмерь, один раз отрежь\r\n')
  const there = (...words: string[]) => desk([...words, '--home', at('sealed'), '--json'])
  expect(await there('status', '--passphrase-file', former)).toMatchObject({ code: 0 })
  expect(existsSync(at('sealed/practice.key'))).toBe(false)
  expect((await there('status')).json.problem.code).toBe('passphrase-needed')
  expect((await there('status', '--passphrase-file', next)).json.problem.code).toBe('passphrase-wrong')
  const change = ['passphrase', '--passphrase-file', former, '--new-passphrase-file', next]
  expect(await there(...change)).toMatchObject({ code: 0, json: { changed: true } })
  expect((await there(...change)).json.problem.code).toBe('passphrase-wrong')
  expect(await there('status', '--passphrase-file', next)).toMatchObject({ code: 0 })
})
