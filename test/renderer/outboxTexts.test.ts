import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { COMMAND_RESULTS } from '../../src/contract/registry.ts'

it.each(['kk', 'ru', 'en'])('names every act that may wait in the outbox or be refused, in %s', (language) => {
  const file = join(import.meta.dirname, '../../resources/locales', language, 'settings.json')
  const { outbox } = JSON.parse(readFileSync(file, 'utf8')) as { outbox: { kind: Record<string, string> } }
  expect(Object.keys(COMMAND_RESULTS).filter((kind) => !outbox.kind[kind])).toEqual([])
})
