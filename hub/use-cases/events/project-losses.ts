/** A device found that events it had confirmed are gone on both sides: completeness says so from then on. */
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import type { Projector } from '#hub/ports/projector.ts'
import type { EpochId } from '#shared/kernel/ids.ts'
import { ok } from '#shared/kernel/result.ts'

/** A declaration that cannot be read stays with the events, as it came. */
export const projectLosses = ({ streams }: { readonly streams: DeviceStreams }): Projector => ({
  types: ['loss.declared'],
  apply: (_tx, { dev, event }) => {
    const { ep, to } = (event.p ?? {}) as { readonly ep?: unknown; readonly to?: unknown }
    if (typeof ep === 'string' && typeof to === 'number' && Number.isSafeInteger(to) && to > 0) streams.declareLost(dev, ep as EpochId, to)
    return ok(undefined)
  },
})
