import { openHome } from '../../../src/engine/db/home.ts'

/** A process that opens a home and holds it until it is killed. */
const [folder = '', key = ''] = process.argv.slice(2)
openHome(folder, key, [])
process.send?.('open')
setInterval(() => undefined, 1000)
