/** Waiting for the moment from which an app needs no network. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { missingFiles } from '#hub/tools/rig/worker-files.ts'

export const waitUntilOffline = async (page: Page): Promise<void> => {
  await expect.poll(() => missingFiles(page), { timeout: 30_000, interval: 200 }).toEqual([])
}
