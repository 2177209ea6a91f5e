import { openHome } from '../../../src/engine/db/home.ts'
import { catchUp } from './catchUp.ts'
import { stolenAndUndone } from './stolenAndUndone.ts'

/** A desk that applies a feed and merges its lists; its parent kills it somewhere on the way. */
const [folder = '', key = ''] = process.argv.slice(2)
const home = openHome(folder, key, [])
process.send?.('applying')
await catchUp(home, stolenAndUndone())
home.close()
process.exit(0)
