import { threadWork } from '../thread/threadWork.ts'
import { type Refreshed, type RefreshTask, refreshEffect } from './refreshEffect.ts'

await threadWork<RefreshTask, Refreshed>(refreshEffect)
