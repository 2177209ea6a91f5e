import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LetterTemplate, readTemplate } from '../../contract/letterTemplate.ts'
import type { LetterKind, LetterLanguage } from '../../domain/letter.ts'

const SHIPPED = fileURLToPath(new URL('../../../resources/letters/', import.meta.url))

/**
 * The template of a letter, read anew each time so that a change shows at once: from the folder `letters` of the desk's home where a
 * ministry has put its own, else the one that came with the desk.
 * @throws ProblemError `letter-template`
 */
export function templateOf(home: string, kind: LetterKind, language: LetterLanguage): LetterTemplate {
  const name = `${kind}.${language}.md`
  return readTemplate(own(join(home, 'letters', name)) ?? readFileSync(join(SHIPPED, name), 'utf8'), name)
}

function own(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
