import type { Head } from '../db/log/queries.ts'

/** What a registry process tells about itself; no figure is about a person. */
export interface Figures {
  readonly version: string
  readonly head: Head | null
  readonly connections: { readonly total: number; readonly idle: number; readonly waiting: number }
  /** Desks that listen for hints. */
  readonly listening: number
  readonly reads: { readonly replica: number; readonly primary: number }
  /** Processes before this database that said something within a minute. */
  readonly processes: number | null
}

/** Prometheus text of a process's figures, with those of Node. */
export function metricsText(f: Figures): string {
  const { rss, heapUsed } = process.memoryUsage()
  const cpu = process.cpuUsage()
  const lines = [
    gauge('tamga_info', 1, `version="${f.version}"`),
    gauge('tamga_database_up', f.head ? 1 : 0),
    ...(f.head ? [gauge('tamga_head_seq', f.head.head), gauge('tamga_feed_oldest_seq', f.head.oldest)] : []),
    ...(f.processes === null ? [] : [gauge('tamga_processes', f.processes)]),
    gauge('tamga_database_connections', f.connections.total - f.connections.idle, 'state="busy"'),
    sample('tamga_database_connections', f.connections.idle, 'state="idle"'),
    gauge('tamga_database_waiting', f.connections.waiting),
    gauge('tamga_live_desks', f.listening),
    counter('tamga_reads_total', f.reads.primary, 'from="primary"'),
    sample('tamga_reads_total', f.reads.replica, 'from="replica"'),
    gauge('process_resident_memory_bytes', rss),
    gauge('nodejs_heap_used_bytes', heapUsed),
    counter('process_cpu_seconds_total', (cpu.user + cpu.system) / 1e6),
    gauge('process_uptime_seconds', Math.round(process.uptime())),
  ]
  return `${lines.join('\n')}\n`
}

const sample = (name: string, value: number, labels = ''): string => `${name}${labels && `{${labels}}`} ${value}`
const gauge = (name: string, value: number, labels = ''): string =>
  `# TYPE ${name} gauge\n${sample(name, value, labels)}`
const counter = (name: string, value: number, labels = ''): string =>
  `# TYPE ${name} counter\n${sample(name, value, labels)}`
