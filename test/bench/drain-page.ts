/** Runs in a browser: a device of the product with an afternoon's taps in its outbox, which it sends once it has found its hub. Bundled by `npm run bench -- drain`. */
import type { EventId } from '#shared/kernel/ids.ts'
import { uuidV7 } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { encodeDraft } from '#shared/sync/append-event.ts'
import { addRow, newOutbox, type OutboxRow, type OutboxState, type OutboxStep } from '#shared/sync/outbox.ts'
import type { EpochId } from '#shared/kernel/ids.ts'
import { openDevice } from '#kiosk/lib/sync/open-device.ts'
import { openStores } from '#kiosk/lib/store/open-stores.ts'

const randomHex = (bytes: number): string => Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** All in one transaction: how fast a device records is measured elsewhere. */
const fill = (count: number): OutboxStep<null> => ({
  need: () => null,
  decide: (known) => {
    const beganAt = Date.now() - count * 30_000
    let state: OutboxState = known ?? newOutbox(randomHex(8) as EpochId)
    const put: OutboxRow[] = []
    for (let i = 0; i < count; i++) {
      const at = millis(beganAt + i * 30_000)
      const id: EventId = uuidV7(at, crypto.getRandomValues(new Uint8Array(10)))
      const p = { response: `r-${randomHex(8)}`, touchpoint: 'kiosk', survey: 'visit', question: 'mood', kind: 'csat5', value: 1 + (i % 5) }
      const added = addRow(state, encodeDraft({ id, t: 'feedback.answered', v: 1, at, off: 0, boot: 'bench', mono: i, sid: null, p })!)
      put.push(added.row)
      state = added.state
    }
    return { change: { state, put }, result: null }
  },
})

const drain = async (code: string, count: number): Promise<{ readonly ms: number; readonly waiting: number }> => {
  const stores = openStores('shopper')
  const filled = await stores.outbox.run(fill(count))
  stores.close()
  if (!filled.ok) throw new Error('the outbox took no taps')
  const device = await openDevice({ app: 'shopper', version: 'bench' })
  const { promise, resolve } = Promise.withResolvers<void>()
  let startedAt = 0
  device.onStatus(({ phase, waiting }) => {
    if (phase === 'online' && startedAt === 0) startedAt = performance.now()
    if (startedAt > 0 && waiting === 0) resolve()
  })
  const paired = await device.pair({ code, role: 'kiosk', name: 'Bench' })
  if (!paired.ok) throw new Error(`not paired: ${paired.error.type}`)
  await promise
  const result = { ms: performance.now() - startedAt, waiting: device.status.waiting }
  device.close()
  return result
}

Object.assign(globalThis, { drain })
