import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { EVIDENCE_KINDS, type EvidenceFile, type EvidenceKind } from '../../domain/appeal.ts'
import { evidenceType } from '../../domain/evidence/evidenceType.ts'
import { trouble } from '../../domain/problem.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import { FORM_FILE_BYTES, FORM_FILES } from './formFields.ts'

/** What came with a form: its fields, and its files already stored. */
export interface SentForm {
  readonly fields: Readonly<Record<string, string>>
  readonly files: readonly EvidenceFile[]
  /** A file that could not be taken; the others are there. */
  readonly wrong: ReturnType<typeof trouble> | null
}

/** Reads a form with files; inputs named `file-<kind>` say what a file shows. Empty file inputs are no files. */
export async function readForm(request: FastifyRequest, blobs: BlobStore): Promise<SentForm> {
  const fields: Record<string, string> = {}
  const files: EvidenceFile[] = []
  let wrong: SentForm['wrong'] = null
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields[part.fieldname] = String(part.value).trim()
      continue
    }
    const bytes = await part.toBuffer().catch(() => null)
    const shows = kindOf(part.fieldname)
    if (part.filename === '' || (bytes?.length === 0 && !part.filename)) continue
    const file = named(part, files.length)
    if (bytes === null || part.file.truncated) {
      const limits = { megabytes: FORM_FILE_BYTES / 1048576, count: FORM_FILES }
      wrong ??= trouble('evidence-too-large', { file, ...limits })
      continue
    }
    const type = evidenceType(bytes.subarray(0, 1024))
    if (type === null) wrong ??= trouble('evidence-unusable', { file })
    else files.push({ file, sha256: await blobs.put(bytes), bytes: bytes.length, type, shows })
  }
  return { fields, files, wrong }
}

const kindOf = (input: string): EvidenceKind => EVIDENCE_KINDS.find((kind) => input === `file-${kind}`) ?? 'other'

/** The file's own name without a path and signs that no name needs; the number keeps two of the same name apart. */
const named = (part: MultipartFile, before: number): string => {
  const base = part.filename.replace(/^.*[\\/]/, '').replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')
  return `${before + 1}-${base.slice(-80)}`
}
