import { z } from 'zod'

/**
 * Settings of the registry, the same on all desks: `set-settings` changes them, `settings-set` carries all of them. What a registry of
 * an earlier version does not name has its default.
 */
export const zRegistrySettings = z.object({
  /** Hours a desk may work without the registry before it only reads; null: what the policy says. */
  offlineHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 60)
    .nullable()
    .default(null),
  /** Days the feed keeps events that a snapshot carries; a desk away for longer boots anew. */
  feedDays: z.number().int().min(1).max(3650).default(90),
  /** Size of the evidence kept on a desk, in megabytes. */
  evidenceCacheMb: z.number().int().min(10).max(1_000_000).default(2000),
  /** Appeals at the front of the queue whose evidence desks fetch before anybody asks. */
  prefetchAppeals: z.number().int().min(0).max(500).default(20),
})
export type RegistrySettings = z.infer<typeof zRegistrySettings>

export const DEFAULT_SETTINGS: RegistrySettings = zRegistrySettings.parse({})

/** Only what is named changes. */
export const zSettingsChange = z
  .object({
    offlineHours: zRegistrySettings.shape.offlineHours.unwrap(),
    feedDays: zRegistrySettings.shape.feedDays.unwrap(),
    evidenceCacheMb: zRegistrySettings.shape.evidenceCacheMb.unwrap(),
    prefetchAppeals: zRegistrySettings.shape.prefetchAppeals.unwrap(),
  })
  .partial()

export const SETTINGS_COMMANDS = { 'set-settings': zSettingsChange } as const
export const SETTINGS_RESULTS = { 'set-settings': zRegistrySettings } as const
export const SETTINGS_EVENTS = { 'settings-set': zRegistrySettings.extend({ by: z.string() }) } as const
