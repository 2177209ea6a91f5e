import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openWorkbook } from '../../src/sheet/openWorkbook.ts'

const folder = mkdtempSync(join(tmpdir(), 'tamga-sample-command-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the command as `npm run -s sample` does. */
const sample = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['src/cli/sample.ts', ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

async function cellsOf(path: string): Promise<readonly (readonly string[])[]> {
  const book = await openWorkbook(path)
  try {
    const rows: (readonly string[])[] = []
    for await (const batch of book.rows(book.sheets[0]?.name ?? ''))
      for (let i = 0; i < batch.count; i++) rows.push([String(batch.rowNumber(i)), ...batch.texts(i)])
    return rows
  } finally {
    await book.close()
  }
}

describe('the sample command', () => {
  it('writes a file and prints one JSON of its counts', async () => {
    const out = join(folder, 'customs.csv')
    const { code, stdout } = await sample('--rows', '120', '--seed', '9', '--format', 'csv', '--out', out)
    expect(code).toBe(0)
    const said = JSON.parse(stdout) as Record<string, unknown>
    expect(said).toMatchObject({ file: out, kind: 'customs', format: 'csv', rows: 120, header: 1 })
    expect(said.sha256).toBe(sha256(out))
  })

  it('writes the committed sample file again, cell for cell', async () => {
    const out = join(folder, 'customs_sample.xlsx')
    await sample('--rows', '300', '--known', '40', '--seed', '7', '--bad', '0.08', '--out', out)
    // not byte for byte: compression may differ between processors
    expect(await cellsOf(out)).toEqual(await cellsOf('resources/sample/customs_sample.xlsx'))
  })

  it('draws the papers with what stands on them', async () => {
    const papers = join(folder, 'papers')
    const { code, stdout } = await sample('--papers', papers, '--appeals', '3')
    expect(code).toBe(0)
    const truth = JSON.parse(readFileSync(join(papers, 'papers.json'), 'utf8')) as { file: string; fields: object }[]
    expect(JSON.parse(stdout)).toEqual({ folder: papers, files: truth.length, photograph: 'none' })
    expect(truth.length).toBeGreaterThanOrEqual(6)
    for (const { file, fields } of truth) {
      expect(existsSync(join(papers, file))).toBe(true)
      expect(Object.keys(fields).length).toBeGreaterThan(1)
    }
  })

  it('says what is wrong with its arguments, and writes nothing', async () => {
    const out = join(folder, 'never.xlsx')
    for (const args of [
      ['--out', out],
      ['--rows', '5'],
      ['--rows', '-1', '--out', out],
      ['--rows', '5', '--kind', 'fruit', '--out', out],
      ['--rows', '5', '--bad', '2', '--out', out],
      ['--rows', '5', '--colour', 'red', '--out', out],
      ['--papers', join(folder, 'none'), '--photograph', 'sepia'],
    ]) {
      const { code, stdout, stderr } = await sample(...args)
      expect(code, args.join(' ')).toBe(2)
      expect(stdout).toBe('')
      expect(stderr).toContain('npm run -s sample')
    }
    expect(existsSync(out)).toBe(false)
  })

  it('fails with a code where the file cannot be written', async () => {
    const { code, stdout, stderr } = await sample('--rows', '5', '--out', join(folder, 'no', 'such', 'folder.xlsx'))
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/target-not-writable/)
  })
})
