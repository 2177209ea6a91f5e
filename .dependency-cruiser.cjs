/** Imports only point down (docs/ARCHITECTURE.md); each rule says why it exists. */
const only = (from, allowed, comment) => ({
  name: `${from}-imports-down`,
  severity: 'error',
  comment,
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: `^src/(${allowed.join('|')})/` },
})

/** The only places that may import a package or a module. */
const placed = (name, target, places, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: '^src/', pathNot: places },
  to: { path: target },
})

/**
 * A feature folder may use the named shared folders of its process, its own folder, and nothing of its siblings; a composing folder
 * puts features together.
 */
const siblings = (house, shared, composing = []) => ({
  name: `${house}-feature-not-sibling`,
  severity: 'error',
  comment: 'Features of one process meet in the domain or in a shared folder, never in each other.',
  from: { path: `^src/${house}/([^/]+)/.+`, pathNot: `^src/${house}/(${[...shared, ...composing].join('|')})/` },
  to: { path: `^src/${house}/[^/]+/.+`, pathNot: [`^src/${house}/$1/`, `^src/${house}/(${shared.join('|')})/`] },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A file that nothing imports is either an entry of a process or dead.',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: ['\\.d\\.ts$', '\\.(css|json)$'],
      },
      to: {},
    },
    {
      name: 'not-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(worker|url|raw|inline)$' },
    },
    {
      name: 'no-dev-packages-in-product',
      severity: 'error',
      comment: 'What the product runs on is a dependency; electron and build tools are given by the package.',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: ['^electron$', 'node_modules/(electron|@types|node)/'],
      },
    },
    only('domain', ['domain'], 'Pure rules: no input or output, no other room.'),
    only('contract', ['contract', 'domain'], 'Messages know the domain only.'),
    only('sheet', ['sheet'], 'Reading and writing spreadsheets knows nothing of Tamga.'),
    only('sample', ['sample', 'domain', 'sheet'], 'Sample data are made from the domain and written as spreadsheets.'),
    only('engine', ['engine', 'contract', 'domain', 'sheet'], 'The engine knows the window only through the contract.'),
    only(
      'registry',
      ['registry', 'contract', 'domain', 'sample', 'sheet'],
      'The registry knows desks only through the contract; what operators pull it packs as the desk does.',
    ),
    only(
      'cli',
      ['cli', 'contract', 'domain', 'sheet', 'sample', 'engine', 'registry'],
      'Commands start an engine or a registry.',
    ),
    only('main', ['main', 'contract', 'domain'], 'Main is thin: windows, dialogs, key, engine host.'),
    only('preload', ['preload', 'contract'], 'One small file between window and main.'),
    only('renderer', ['renderer', 'contract', 'domain'], 'The window knows the engine only through the contract.'),
    {
      name: 'domain-without-packages',
      severity: 'error',
      comment: 'The domain is pure: no packages, no Node modules.',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    {
      name: 'cli-through-entries',
      severity: 'error',
      comment: 'The command line drives the engine through the contract and a registry through its serve entry.',
      from: { path: '^src/cli/' },
      to: { path: '^src/(engine|registry)/', pathNot: '^src/(engine|registry)/[^/]+\\.ts$' },
    },
    siblings('engine', ['db', 'sync', 'paper']),
    siblings('registry', ['db', 'blob', 'segment', 'auth', 'page'], ['http']),
    siblings('renderer', ['ui', 'i18n', 'app'], ['frame']),
    placed(
      'sqlite-in-its-folder',
      'better-sqlite3',
      '^src/(engine/db|registry/segment)/',
      'Only these folders open SQLite.',
    ),
    placed(
      'pg-in-its-folder',
      'node_modules/(pg|pg-copy-streams|@types/pg|@types/pg-copy-streams)/',
      '^src/registry/db/',
      'Only this folder speaks PostgreSQL.',
    ),
    placed(
      'electron-in-its-houses',
      '^electron$|node_modules/electron/',
      '^src/(main|preload)/',
      'Electron is known in main and preload only.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^out/', '^src/.*\\.d\\.ts$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
