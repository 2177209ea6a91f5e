import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import * as call from '../../src/contract/call.ts'
import { ENGINE_CALLS, ENGINE_NOTICES } from '../../src/contract/engine.ts'
import * as host from '../../src/contract/host.ts'
import * as registry from '../../src/contract/registry.ts'
import { SEGMENT_SCHEMA } from '../../src/contract/segment.ts'
import { SHELL_CALLS } from '../../src/contract/shell.ts'
import { ENGINE_CONTRACT, PROTOCOL, SEGMENT_FORMAT } from '../../src/contract/version.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** Every schema below a name, as `name.part` with the hash of its JSON schema. */
function hashes(name: string, value: unknown): string[] {
  if (value instanceof z.ZodType) {
    const io = name.endsWith('.input') ? 'input' : 'output'
    return [`${name} ${sha256(JSON.stringify(z.toJSONSchema(value, { unrepresentable: 'any', io })))}`]
  }
  return isPlain(value) ? Object.entries(value).flatMap(([part, inner]) => hashes(`${name}.${part}`, inner)) : []
}

/**
 * When this fails, the named messages changed. If that was meant: raise the version in src/contract/version.ts when a message of a
 * released version changed, then run `npx vitest run --project contract -u`.
 */
test('no message between the processes changes unnoticed', async () => {
  const lines = [
    `versions engine=${ENGINE_CONTRACT} protocol=${PROTOCOL} segment=${SEGMENT_FORMAT}`,
    ...hashes('engine', ENGINE_CALLS),
    ...hashes('engine-notice', ENGINE_NOTICES),
    ...hashes('shell', SHELL_CALLS),
    ...hashes('registry', { ...registry }),
    ...hashes('host', { ...host }),
    ...hashes('call', { ...call }),
    `segment ${sha256(SEGMENT_SCHEMA)}`,
  ]
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('messages.snapshot.txt')
})
