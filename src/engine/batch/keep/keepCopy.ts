import { unlocked } from '../../../sheet/openWorkbook.ts'
import { openFile } from '../../../sheet/source.ts'
import { hashFile } from '../inspect/hashFile.ts'
import type { StageTask } from '../stage/task.ts'
import type { ThreadTools } from '../thread/threadWork.ts'
import { completeCopy, type KeptFile, keepSource } from './keptFile.ts'

/** Part of the progress that copying makes up. */
const COPYING = 0.02

/** Copies the sender's file into the desk's own, unless that was done before; answers the copy and the hash of what the sender sent. */
export async function keepCopy(
  task: Pick<StageTask, 'file' | 'keep' | 'keyHex' | 'resumes'>,
  { checkStop, tell }: ThreadTools,
): Promise<{ readonly kept: KeptFile; readonly sha256: string }> {
  const { path } = task.keep
  const known = task.keep.sha256 ?? (task.resumes ? completeCopy(path) : null)
  const kept: KeptFile = { path, keyHex: task.keyHex, name: task.file.path.split(/[\\/]/).at(-1) ?? '' }
  if (known !== null) return { kept, sha256: known }
  const source = await openFile(task.file.path)
  try {
    const clear = await unlocked(source, task.file.password)
    const sent = clear === source ? undefined : await hashFile(task.file.path, checkStop)
    const between = (done: number): void => {
      checkStop()
      tell(COPYING * done)
    }
    return { kept, sha256: await keepSource(clear, kept, between, sent) }
  } finally {
    await source.close()
  }
}
