import { z } from 'zod'
import { zLang } from './value.ts'

/**
 * Host ↔ engine: the process that starts the engine (Electron's main process or the command line) gives it its home, its key and
 * the paths behind the tokens; calls of the window come over channels of their own.
 */
export const zStart = z.object({
  t: z.literal('start'),
  /** Absolute folder of this desk. */
  home: z.string(),
  /** Raw 32-byte key of the databases, hex. */
  keyHex: z.string().regex(/^[0-9a-f]{64}$/),
  /** Null: works offline until told otherwise. */
  registry: z.string().nullable(),
  language: zLang,
  /** Pull continuously (window) or only when asked (command line). */
  live: z.boolean(),
  /** Rows that long work does before it notes how far it came; absent: as many as are fast. Tests of kills take few. */
  strides: z
    .object({
      checkpoint: z.number().int().positive(),
      transaction: z.number().int().positive(),
      part: z.number().int().positive(),
    })
    .optional(),
})
/** A file or folder the officer chose. The window knows only the token. */
export const zGrant = z.object({ t: z.literal('grant'), token: z.string(), path: z.string() })
export const zStop = z.object({ t: z.literal('stop') })

/**
 * A window's channel, opened only after `ready`. To a utility process its port travels with `open`; to a child process (which can
 * take no ports) the host relays the window's messages, and the engine's answers come back as `relay`.
 */
export const zOpen = z.object({ t: z.literal('open'), window: z.number().int() })
export const zRelay = z.object({ t: z.literal('relay'), window: z.number().int(), message: z.unknown() })
export const zClose = z.object({ t: z.literal('close'), window: z.number().int() })
export const zToEngine = z.discriminatedUnion('t', [zStart, zGrant, zStop, zOpen, zRelay, zClose])
export type ToEngine = z.infer<typeof zToEngine>
export type EngineStart = z.infer<typeof zStart>

/** `ready` once the databases are open; `failed` with the problem (home in use, wrong key, newer schema). */
export const zFromEngine = z.discriminatedUnion('t', [
  z.object({ t: z.literal('ready') }),
  z.object({
    t: z.literal('failed'),
    problem: z.object({ code: z.string(), details: z.record(z.string(), z.union([z.string(), z.number()])) }),
  }),
  z.object({ t: z.literal('stopped') }),
  zRelay,
])
export type FromEngine = z.infer<typeof zFromEngine>

/**
 * The key of a practice home: 64 hex digits in a file that only its owner may read. It protects nothing and is shown so; other homes
 * keep their key in the system's keychain.
 */
export const PRACTICE_KEY_FILE = 'practice.key'
