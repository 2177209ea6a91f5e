import type { z } from 'zod'
import { zProblem } from '../../contract/value.ts'
import { PROTOCOL } from '../../contract/version.ts'
import { ProblemError, problem, trouble } from '../../domain/problem.ts'

/** One request to the registry. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST'
  /** Path with query, from `/v1`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 30_000

/**
 * Sends a request. A network error, a time-out or an answer that is not the registry's (a proxy's 502) is
 * `registry-unreachable`: whether it arrived is unknown. A refusal throws the registry's own problem.
 */
export async function send(registry: string, request: HttpRequest): Promise<Response> {
  const timeout = AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS)
  try {
    // relative, so that a registry may lie under a path of its host
    return await fetch(new URL(request.path.slice(1), registry), {
      method: request.method,
      headers: { ...request.headers },
      body: request.body === undefined ? null : (request.body as string | Uint8Array<ArrayBuffer>),
      signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
      redirect: 'error',
    })
  } catch (error) {
    throw unreachable(registry, error)
  }
}

/** What a connection that did not come about means: nobody there, an address that is none, a certificate nobody vouches for. */
export function unreachable(registry: string, cause: unknown): ProblemError {
  const reason = reasonOf(cause)
  if (UNTRUSTED.test(reason)) return new ProblemError(problem('registry-untrusted', { registry, reason }), { cause })
  if (reason === 'ERR_INVALID_URL') return new ProblemError(problem('registry-not-tamga', { registry }), { cause })
  return new ProblemError(problem('registry-unreachable', { registry, reason }), { cause })
}

/** Codes of Node's TLS for a certificate that does not hold. */
const UNTRUSTED =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY|GET_ISSUER|DECRYPT))/

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof Error && 'code' in cause) return String(cause.code)
  return cause instanceof Error ? cause.name : 'unknown'
}

/** Throws the problem of an answer that is not 2xx. */
export async function checkAnswer(registry: string, response: Response): Promise<Response> {
  if (response.ok) return response
  const body = await response.json().catch((error: unknown) => ({ unreadable: String(error) }))
  const parsed = zProblem.safeParse((body as { problem?: unknown }).problem)
  if (parsed.success) throw new ProblemError(parsed.data)
  throw trouble('registry-unreachable', { registry, reason: `HTTP ${response.status}` })
}

/** The registry speaks otherwise than this desk: which versions it speaks, or what of its answer does not fit. */
export const otherVersion = (spoken: string): ProblemError => trouble('registry-version', { desk: PROTOCOL, spoken })

/** The JSON of an answer, checked; what does not fit the contract is `registry-version`. */
export async function jsonOf<S extends z.ZodType>(
  registry: string,
  response: Response,
  schema: S,
): Promise<z.output<S>> {
  let body: unknown
  try {
    body = await response.json()
  } catch (error) {
    throw unreachable(registry, error)
  }
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const at = parsed.error.issues.map((i) => i.path.join('.')).join(', ')
  throw otherVersion(at)
}
