import type { FastifyInstance } from 'fastify'

/** Requests answered, by route and status, for /metrics. */
export interface Counts {
  /** Prometheus text. */
  text(): string
}

const BUCKETS_MS = [5, 25, 100, 500, 2500, 10_000]

/** Counts every answer of the application. */
export function countRequests(app: FastifyInstance): Counts {
  const answered = new Map<string, number>()
  const buckets = BUCKETS_MS.map(() => 0)
  let total = 0
  let totalMs = 0
  app.addHook('onResponse', async (request, reply) => {
    const labels = `method="${request.method}",route="${request.routeOptions.url ?? 'none'}",status="${reply.statusCode}"`
    answered.set(labels, (answered.get(labels) ?? 0) + 1)
    total++
    totalMs += reply.elapsedTime
    for (const [i, limit] of BUCKETS_MS.entries()) if (reply.elapsedTime <= limit) buckets[i] = (buckets[i] ?? 0) + 1
  })
  return {
    text: () =>
      [
        '# TYPE tamga_requests_total counter',
        ...[...answered].map(([labels, n]) => `tamga_requests_total{${labels}} ${n}`),
        '# TYPE tamga_request_seconds histogram',
        ...BUCKETS_MS.map((limit, i) => `tamga_request_seconds_bucket{le="${limit / 1000}"} ${buckets[i]}`),
        `tamga_request_seconds_bucket{le="+Inf"} ${total}`,
        `tamga_request_seconds_sum ${(totalMs / 1000).toFixed(3)}`,
        `tamga_request_seconds_count ${total}`,
        '',
      ].join('\n'),
  }
}
