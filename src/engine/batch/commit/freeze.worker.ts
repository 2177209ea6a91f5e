import { threadWork } from '../thread/threadWork.ts'
import type { CommitTask, Frozen } from './commitTask.ts'
import { freeze } from './freeze.ts'

await threadWork<CommitTask, Frozen>(freeze)
