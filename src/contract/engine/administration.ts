import { z } from 'zod'
import { zDesk } from '../registry/desks.ts'
import { zRegistrySettings, zSettingsChange } from '../registry/settings.ts'
import { zInstant, zOfficer, zUuid } from '../value.ts'

const nothing = z.object({})

/** What an admin does for all desks, and how a desk becomes one of the registry's. `pending`: it waits in the outbox. */
export const ADMINISTRATION_CALLS = {
  /** The registry's settings as this desk knows them. */
  'registry-settings': {
    input: nothing,
    output: zRegistrySettings.extend({
      /** Hours offline that hold, set or by the policy; null before the registry has answered. */
      hours: z.number().int().nullable(),
    }),
  },
  'set-registry-settings': {
    input: zSettingsChange,
    output: z.object({ settings: zRegistrySettings, pending: z.boolean() }),
  },
  /** Desks of the registry; needs it. */
  desks: { input: nothing, output: z.array(zDesk.extend({ own: z.boolean() })) },
  /** Makes a code that lets one desk enrol. It is shown once: the registry has only its hash. */
  'allow-desk': {
    input: z.object({ name: z.string().min(1).max(100), hours: z.number().int().min(1).max(720) }),
    output: z.object({ code: z.string(), name: z.string(), until: zInstant.nullable(), pending: z.boolean() }),
  },
  'revoke-desk': {
    input: z.object({ desk: zUuid, reason: z.string().min(1).max(1000) }),
    output: z.object({ desk: zUuid, revokedAt: zInstant.nullable(), pending: z.boolean() }),
  },
  /** Enters an officer into the directory, or changes name or role. */
  'set-officer': { input: zOfficer, output: z.object({ officer: zOfficer, pending: z.boolean() }) },
  /** Enrols this desk with an admin's code; needs the registry, but nobody signed in. */
  'enrol-desk': { input: z.object({ code: z.string().max(100) }), output: z.object({ desk: zUuid }) },
} as const
