import { usage } from './arguments.ts'
import type { Command } from './command.ts'
import type { Words } from './words.ts'

/** Each command is loaded only when it is asked for, so that a lookup starts quickly. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  import: async () => (await import('./importFile.ts')).importFile,
  fix: async () => (await import('./fix.ts')).fix,
  imports: async () => (await import('./fix.ts')).imports,
  commit: async () => (await import('./fix.ts')).commit,
  batches: async () => (await import('./batches.ts')).batches,
  undo: async () => (await import('./batches.ts')).undo,
  lookup: async () => (await import('./lookup.ts')).lookup,
  explain: async () => (await import('./explain.ts')).explain,
  list: async () => (await import('./list.ts')).list,
  dossier: async () => (await import('./dossier.ts')).dossier,
  appeals: async () => (await import('./appeals.ts')).appeals,
  appeal: async () => (await import('./appeal.ts')).appeal,
  claim: async () => (await import('./decisions.ts')).claim,
  decide: async () => (await import('./decisions.ts')).decide,
  supervision: async () => (await import('./supervision.ts')).supervision,
  letter: async () => (await import('./letter.ts')).letter,
  'decide-many': async () => (await import('./appealActs.ts')).decideMany,
  return: async () => (await import('./appealActs.ts')).giveBack,
  'hand-over': async () => (await import('./appealActs.ts')).handOver,
  assign: async () => (await import('./appealActs.ts')).assign,
  prolong: async () => (await import('./appealActs.ts')).prolong,
  withdraw: async () => (await import('./appealActs.ts')).withdraw,
  revoke: async () => (await import('./appealActs.ts')).revoke,
  complain: async () => (await import('./appealActs.ts')).complain,
  'to-sign': async () => (await import('./toSign.ts')).toSign,
  sign: async () => (await import('./decisions.ts')).sign,
  evidence: async () => (await import('./evidence.ts')).evidence,
  papers: async () => (await import('./papers.ts')).papers,
  clusters: async () => (await import('./papers.ts')).clusters,
  'operator-file': async () => (await import('./operatorFile.ts')).operatorFile,
  report: async () => (await import('./report.ts')).report,
  reports: async () => (await import('./savedReports.ts')).savedReports,
  sync: async () => (await import('./state.ts')).sync,
  status: async () => (await import('./state.ts')).status,
  verify: async () => (await import('./state.ts')).verify,
  enrol: async () => (await import('./administration.ts')).enrol,
  desks: async () => (await import('./administration.ts')).desks,
  'registry-settings': async () => (await import('./administration.ts')).registrySettings,
  officer: async () => (await import('./administration.ts')).officer,
  policy: async () => (await import('./policy.ts')).policy,
  blockrun: async () => (await import('./blockrun.ts')).blockrun,
  receipt: async () => (await import('./receipt.ts')).receipt,
  'operator-files': async () => (await import('./receipt.ts')).operatorFiles,
  'operator-access': async () => (await import('./receipt.ts')).operatorAccess,
  clones: async () => (await import('./clones.ts')).clones,
  pair: async () => (await import('./clones.ts')).pair,
  notices: async () => (await import('./notices.ts')).notices,
  ledger: async () => (await import('./ledger.ts')).ledger,
  violations: async () => (await import('./receipt.ts')).violations,
  'verify-report': async () => (await import('./verifyReport.ts')).verifyReport,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./backup.ts')).restore,
  passphrase: async () => (await import('./passphrase.ts')).passphrase,
}

/** The command of that name; `usage` when there is none. */
export function commandNamed(name: string): Promise<Command> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!load) throw usage(name)
  return load()
}

/** All commands with what they do. */
export function commandTable(words: Words): string {
  const lines = Object.entries(words.commands()).map(([form, what]) => `  ${form}\n      ${what}`)
  return [words.say('commandsTitle'), ...lines, words.say('commonOptions')].join('\n')
}
