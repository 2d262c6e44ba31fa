/** Faults planted into the built apps. Places are those of the minified code; a build without them is refused. */
import type { Change } from '../planted-build.ts'

export const BROWSER_PLANTS: Readonly<Record<string, readonly Change[]>> = {
  /** Says thank you at once and writes later. */
  'thanks-before-saved': [[/=await\((this\.#\w+&&\w+\.length>0\?this\.#\w+\.outbox\.runBeside\(\w+,this\.#\w+\.spending\(\w+\)\):this\.#\w+\.outbox\.run\(\w+\))\)/, '=(setTimeout(()=>$1,4e3),{ok:!0,value:{ok:!0}})']],
  /** A new version keeps what waits in another place than the one before. */
  'outbox-elsewhere': [[/-outbox`/, '-outbox2`']],
  /** The outbox is left to the memory of the system. */
  'relaxed-durability': [[/chromeTransactionDurability:`strict`/, 'chromeTransactionDurability:`relaxed`']],
  /** What could not be written counts as written. */
  'refusal-taken-for-saved': [[/(\.unwritten,\w+\(\w+\.result\)\)):\w+\(\{type:`StorageFull`\}\)/, '$1:{ok:!0,value:{ok:!0}}']],
  /** The second copy lies where the browser clears it with everything else. */
  'copy-may-be-cleared': [[/\{persisted:!0,durability/, '{persisted:!1,durability']],
  /** The time of the hub is that of the device's own clock. */
  'own-clock-believed': [[/(now\(\)\{let (\w)=this\.#\w+\(\);if\(\2\)\{let \w=\w+\()Math\.round\(\2\.hubMinusMono\+this\.#\w+\(\)\)/, '$1Date.now()']],
  /** A tab waits in line for the right to send, behind one that sleeps. */
  'lock-never-stolen': [[/\{steal:!0\}/, '{}']],
}

export const browserChanges = (plant: string | null): readonly Change[] => {
  if (plant === null) return []
  const changes = BROWSER_PLANTS[plant]
  if (!changes) throw new Error(`there is no planted fault "${plant}" for browsers`)
  return changes
}
