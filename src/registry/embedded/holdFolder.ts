import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { trouble } from '../../domain/problem.ts'
import { alive } from './postmaster.ts'

/**
 * Takes the data folder for this process; answers how to give it back.
 * @throws ProblemError `home-in-use` while another live process holds it
 */
export async function holdFolder(data: string): Promise<() => Promise<void>> {
  const path = join(data, 'registry.lock')
  for (let tries = 0; ; tries++) {
    try {
      const file = await open(path, 'wx', 0o600)
      await file.writeFile(`${process.pid} ${await startOf(process.pid)}\n`)
      await file.close()
      return () => rm(path, { force: true })
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e
    }
    const [pid, started] = (await readFile(path, 'utf8').catch(() => '')).trim().split(' ')
    const holder = Number(pid)
    if (tries > 5 || (holder > 0 && alive(holder) && (await startOf(holder)) === started))
      throw trouble('home-in-use', { home: data, pid: holder })
    await rm(path, { force: true })
  }
}

/** When a process began, in clock ticks: tells it from a later one of the same number. Linux only; elsewhere the number must do. */
async function startOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return '-'
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '-'
}
