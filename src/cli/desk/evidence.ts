import { mkdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { ProblemError, problem } from '../../domain/problem.ts'
import type { Command } from './command.ts'
import { table } from './table.ts'

/** `evidence`: the files of an appeal, each checked against its hash. */
export const evidence: Command = {
  options: { out: 'one', copies: 'flag' },
  check: (args) => {
    args.exactly('ID')
    args.required('out')
  },
  run: async ({ args, engine, words }) => {
    const [id] = args.exactly('ID')
    const out = args.required('out')
    await makeFolder(out)
    const files = await engine.call('save-evidence', { id, target: engine.grant(out), copies: args.has('copies') })
    const text = table(
      [words.say('evidence'), words.say('type'), words.say('bytes'), 'SHA-256'],
      files.map((f) => [f.file, f.type, words.number(f.bytes), f.sha256]),
      [2],
    )
    return { json: files.map(({ file, sha256, bytes, type }) => ({ file, sha256, bytes, type })), text }
  },
}

/** Makes the folder a command writes into; `target-not-writable` when that fails. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true })
  } catch (error) {
    throw new ProblemError(problem('target-not-writable', { file: basename(path) }), { cause: error })
  }
}
