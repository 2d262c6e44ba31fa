/** The store that tours walk through: a hub of its own with the demo shop and four weeks of made-up answers, gone afterwards. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { HubProcess } from '../rig/hub-process.ts'
import { plantActing } from './planted-acting.ts'
import { employ } from './sign-in.ts'
import type { TourStore } from './tour.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
/** What is usual is known after eight: then what has changed at the checkout is noticed. */
const WEEKS = '10'

export const openTourStore = async (): Promise<TourStore & { readonly close: () => Promise<void> }> => {
  const hub = await HubProcess.start()
  await employ(hub)
  const { status, stderr } = spawnSync(process.execPath, ['hub/tools/sample/sample.ts', '--weeks', WEEKS, '--data', hub.dataDir], { cwd: ROOT, encoding: 'utf8' })
  if (status !== 0) throw new Error(`no answers for the tour: ${stderr}`)
  plantActing(hub.dataDir)
  // It looks at what came while it was away.
  await hub.stop()
  await hub.startAgain()
  return { hub, close: () => hub.remove() }
}
