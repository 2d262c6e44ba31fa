/** Something small that outlives a restart, held in memory. */
import type { Kept } from '#kiosk/lib/state/asking.svelte.ts'

export const fakeKept = (values: Record<string, unknown> = {}): Kept & { readonly values: Record<string, unknown> } => ({
  values,
  read: async (name) => values[name],
  update: async (name, decide) => {
    const next = decide(values[name])
    if (next !== null) values[name] = next
    return true
  },
})
