// `npm run soak [-- --share 0.05 …]`: faults, see soakFaults.ts. `npm run soak -- files [--files N] [--seed S]`: damaged spreadsheet
// files, see soakFiles.ts.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { NODE24, ROOT } from './checkout.mjs'

const [first, ...more] = process.argv.slice(2)
const [script, words] = first === 'files' ? ['soakFiles.ts', more] : ['soakFaults.ts', process.argv.slice(2)]
const child = spawn(NODE24, [join(ROOT, 'scripts', script), ...words], { cwd: ROOT, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.once('exit', (code) => process.exit(code ?? 1))
