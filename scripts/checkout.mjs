import { delimiter, join, resolve } from 'node:path'

/** The checkout's folder. */
export const ROOT = resolve(import.meta.dirname, '..')

/** Node 24, which the product's own processes and tools run under whatever Node the system has. */
export const NODE24 = join(ROOT, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** The environment of child processes: Node 24 and the checkout's tools come first in PATH. @param {Record<string, string>} [more] */
export const toolEnvironment = (more = {}) => ({
  ...process.env,
  ...more,
  PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter),
})

/** The path of a tool that npm installed. @param {string} name */
export const tool = (name) => join(ROOT, 'node_modules/.bin', name)
