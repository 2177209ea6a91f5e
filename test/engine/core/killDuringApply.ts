import { readFileSync } from 'node:fs'
import { openHome } from '../../../src/engine/db/home.ts'
import { catchUp } from './catchUp.ts'
import { RecordedFeed } from './recordedFeed.ts'

/** A desk that applies a feed and merges its lists when it is told where; its parent kills it somewhere on the way. */
const [feed = '', key = ''] = process.argv.slice(2)
const recorded = new RecordedFeed(readFileSync(feed))
process.on('message', (folder) => {
  const home = openHome(String(folder), key, [])
  process.send?.('applying')
  void catchUp(home, recorded).then(() => {
    home.close()
    process.exit(0)
  })
})
