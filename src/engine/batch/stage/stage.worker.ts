import { threadWork } from '../thread/threadWork.ts'
import { stageFile } from './stageFile.ts'
import type { StageResult, StageTask } from './task.ts'

await threadWork<StageTask, StageResult>(stageFile)
