import { type QueueView, zQueueView } from '../../contract/engine/appeal.ts'
import type { Desk } from '../sync/desk.ts'
import { SETTING } from './queries.ts'

const keyOf = (desk: Desk): string => `queue-views:${desk.session.officer().id}`

/** Views of the queue that the signed-in officer keeps at this desk. */
export function queueViews(desk: Desk): QueueView[] {
  const value = desk.home.desk.read.value<string>(SETTING, keyOf(desk))
  return value === undefined ? [] : zQueueView.array().parse(JSON.parse(value))
}

export function saveQueueViews(desk: Desk, views: readonly QueueView[]): void {
  desk.home.desk.write((tx) =>
    tx.run(
      'INSERT INTO setting(key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      keyOf(desk),
      JSON.stringify(views),
    ),
  )
  desk.changed('settings')
}
