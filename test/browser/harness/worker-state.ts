/** Waiting for the moment from which an app needs no network. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { missingFiles } from '#hub/tools/rig/worker-files.ts'

export const waitUntilOffline = async (page: Page): Promise<void> => {
  await expect.poll(() => missingFiles(page), { interval: 200 }).toEqual([])
}

/** Waits until whoever has just signed in could do so again without the hub: what proves them is written down after they are in. */
export const knowsWhoSignedIn = async (page: Page): Promise<void> => {
  await page.waitForFunction(holdsProof, undefined, { polling: 100 })
}

/** Runs in the page. */
const holdsProof = async (): Promise<boolean> => {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open(`einklang-${location.pathname.split('/')[1]}-outbox`)
    opening.addEventListener('success', () => resolve(opening.result))
  })
  const reading = db.transaction('meta').objectStore('meta').get('offline-sign-in')
  const kept = await new Promise<{ readonly people: object } | undefined>((resolve) => reading.addEventListener('success', () => resolve(reading.result)))
  db.close()
  return kept !== undefined && Object.keys(kept.people).length > 0
}
