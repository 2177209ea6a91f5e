import { text } from 'node:stream/consumers'

/** The registry's command with its program loaded beforehand: what it is called with comes as JSON on stdin. */
await import('../../../src/registry/start.ts')
process.argv.push(...(JSON.parse(await text(process.stdin)) as string[]))
await import('../../../src/cli/registry.ts')
