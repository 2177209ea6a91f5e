import type { FixPreview } from '../../../contract/engine/fix.ts'
import { threadWork } from '../thread/threadWork.ts'
import { type PreviewTask, previewStep } from './previewStep.ts'

await threadWork<PreviewTask, FixPreview>(previewStep)
