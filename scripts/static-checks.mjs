import { tool } from './checkout.mjs'

/** The checks that read the sources and run nothing: types, lint, rules of imports, unused code. */
export const staticChecks = [
  { name: 'types', command: [process.execPath, 'scripts/typecheck.mjs'] },
  { name: 'lint', command: [tool('biome'), 'check', '.', '--diagnostic-level=error', '--max-diagnostics=50'] },
  {
    name: 'rules of imports',
    command: [tool('depcruise'), '--config', '.dependency-cruiser.cjs', 'src'],
  },
  { name: 'unused code', command: [tool('knip')] },
]
