import { enableCompileCache } from 'node:module'

enableCompileCache()
const { runDesk } = await import('./desk/runDesk.ts')
process.exitCode = await runDesk(process.argv.slice(2))
