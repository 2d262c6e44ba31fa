/** The hub as a child of a test or tool: the same composition as ever, its addresses and codes as one JSON line on standard output. */
import { readConfig } from '../../config.ts'
import { startHub } from '../../main.ts'

const config = readConfig(process.argv.slice(2), process.env)
if (!config.ok) {
  console.error(config.error.join('\n'))
  process.exit(2)
}
// Another build of the apps than the one in dist, to see how devices take an update.
const files = process.env['APP_FILES']
const hub = await startHub(config.value, files === undefined ? {} : { files })
console.log(JSON.stringify({ url: hub.url, setupCode: hub.setupCode, pairingCode: hub.pairingCode }))
process.once('SIGTERM', () => void hub.stop().then(() => process.exit(0)))
// A hub whose test is gone must not stay behind.
process.once('disconnect', () => process.exit(0))
