import { z } from 'zod'
import { type Problem, ProblemError } from '../domain/problem.ts'
import { zProblem } from './value.ts'

/**
 * Typed request and answer over any two-way channel (MessagePort, child process, in the same process). Requests, answers and
 * notices are checked on both sides.
 */

/** What a contract lists for each call. */
export interface CallShape {
  readonly input: z.ZodType
  readonly output: z.ZodType
}
export type Contract = Readonly<Record<string, CallShape>>
export type Input<C extends CallShape> = z.input<C['input']>
export type Output<C extends CallShape> = z.output<C['output']>

export const zRequest = z.object({ t: z.literal('call'), id: z.number().int(), name: z.string(), input: z.unknown() })
export const zAnswer = z.object({
  t: z.literal('answer'),
  id: z.number().int(),
  ok: z.boolean(),
  value: z.unknown().optional(),
  problem: zProblem.optional(),
})
export const zNotice = z.object({ t: z.literal('notice'), name: z.string(), value: z.unknown() })
export type Request = z.infer<typeof zRequest>
export type Answer = z.infer<typeof zAnswer>
export type Notice = z.infer<typeof zNotice>
export type Message = Request | Answer | Notice

/** Two-way channel. `send` may throw when the other side is gone. */
export interface Channel {
  send(message: Message): void
  onMessage(take: (message: unknown) => void): void
  onClose(take: () => void): void
}

/** The caller's side: `call(name, input)` answers the output or throws ProblemError. */
export interface Client<C extends Contract> {
  call<K extends keyof C & string>(name: K, input: Input<C[K]>): Promise<Output<C[K]>>
}

export type Handlers<C extends Contract> = {
  readonly [K in keyof C & string]: (
    input: z.output<C[K]['input']>,
  ) => Promise<z.input<C[K]['output']>> | z.input<C[K]['output']>
}

/** Serves a contract on a channel. Problems travel as problems; a bug is reported to `onBug` and travels as `internal` with a reference. */
export function serve<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  channel: Channel,
  onBug: (error: unknown, call: string) => string,
): void {
  channel.onMessage((raw) => {
    const request = zRequest.safeParse(raw)
    if (request.success) void answer(request.data)
  })
  async function answer({ id, name, input }: Request): Promise<void> {
    channel.send({ t: 'answer', id, ...(await perform(contract, handlers, name, input, onBug)) })
  }
}

/** Performs one call with both checks; what `serve` does for each message, and what a caller in the same process uses. */
export async function perform<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  name: string,
  input: unknown,
  onBug: (error: unknown, call: string) => string,
): Promise<{ ok: true; value: unknown } | { ok: false; problem: Problem }> {
  const shape = Object.hasOwn(contract, name) ? contract[name] : undefined
  if (!shape) return { ok: false, problem: { code: 'bad-message', details: { call: name } } }
  const parsed = shape.input.safeParse(input)
  if (!parsed.success)
    return { ok: false, problem: { code: 'bad-message', details: { call: name, at: issuePath(parsed.error) } } }
  try {
    const handler = handlers[name as keyof C & string]
    const value = await handler(parsed.data as never)
    return { ok: true, value: shape.output.parse(value) }
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problem: error.problem }
    return { ok: false, problem: { code: 'internal', details: { call: name, ref: onBug(error, name) } } }
  }
}

const issuePath = (e: z.ZodError): string => e.issues.map((i) => `${i.path.join('.')}: ${i.code}`).join('; ')

/** The caller's side of a channel. When the channel closes, every open call is rejected with `whenClosed`. */
export function connect<C extends Contract>(
  contract: C,
  channel: Channel,
  whenClosed: Problem,
  onNotice: (name: string, value: unknown) => void,
): Client<C> {
  const open = new Map<number, { name: string; resolve: (v: unknown) => void; reject: (e: Error) => void }>()
  let last = 0
  let closed = false
  channel.onMessage((raw) => {
    const notice = zNotice.safeParse(raw)
    if (notice.success) return onNotice(notice.data.name, notice.data.value)
    const parsed = zAnswer.safeParse(raw)
    if (!parsed.success) return
    const { id, ok, value, problem } = parsed.data
    const waiting = open.get(id)
    if (!waiting) return
    open.delete(id)
    if (!ok) return waiting.reject(new ProblemError(problem ?? whenClosed))
    const output = contract[waiting.name]?.output.safeParse(value)
    if (output?.success) waiting.resolve(output.data)
    else waiting.reject(new ProblemError({ code: 'bad-message', details: { call: waiting.name } }))
  })
  channel.onClose(() => {
    closed = true
    for (const waiting of open.values()) waiting.reject(new ProblemError(whenClosed))
    open.clear()
  })
  return {
    call: (name, input) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new ProblemError(whenClosed))
        const id = ++last
        open.set(id, { name, resolve: resolve as (v: unknown) => void, reject })
        channel.send({ t: 'call', id, name, input })
      }),
  }
}
