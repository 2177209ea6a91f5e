import { readFile } from 'node:fs/promises'
import { zPolicyFile } from '../../contract/registry/policyActs.ts'
import { trouble } from '../../domain/problem.ts'

/** A policy as a JSON file has it. @throws ProblemError `policy-unusable` naming the parameter, `file-unreadable` */
export async function policyOfFileAt(path: string) {
  const text = await readFile(path, 'utf8').catch((e: NodeJS.ErrnoException) => {
    throw trouble('policy-unusable', { key: path, value: e.code ?? '' })
  })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (e) {
    throw trouble('policy-unusable', { key: path, value: (e as Error).message })
  }
  const read = zPolicyFile.safeParse({ version: 1, signedBy: '', ...(json as object) })
  if (read.success) return read.data
  const issue = read.error.issues[0]
  throw trouble('policy-unusable', { key: issue?.path.join('.') ?? path, value: issue?.message ?? '' })
}
