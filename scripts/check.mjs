// `npm run check`: the inner loop, under a minute.

import { tool } from './checkout.mjs'
import { installDependencies, tellFailure } from './setup.mjs'
import { staticChecks } from './static-checks.mjs'
import { inPairs, printTable } from './steps.mjs'

await tellFailure(async () => installDependencies())
const outcomes = await inPairs([
  ...staticChecks,
  { name: 'domain and contract', command: [tool('vitest'), 'run', '--project', 'domain', '--project', 'contract'] },
])
printTable(outcomes)
process.exit(outcomes.every((outcome) => outcome.ok) ? 0 : 1)
