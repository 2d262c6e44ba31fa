import { describe, expect, it } from 'vitest'
import { SenderLock } from '#kiosk/lib/sync/sender-lock.ts'

/** Locks of one browser, as the pages of one origin share them. */
const browserLocks = () => {
  let holder: { drop(): void } | null = null
  const queue: { hold: () => unknown; lost: (why: unknown) => void }[] = []
  const grant = (request: { hold: () => unknown; lost: (why: unknown) => void }): void => {
    holder = { drop: () => request.lost(new DOMException('stolen', 'AbortError')) }
    request.hold()
  }
  const request = (_name: string, { steal = false, signal }: LockOptions, hold: () => unknown): Promise<unknown> =>
    new Promise((_resolve, lost) => {
      const asked = { hold, lost }
      if (holder && !steal) {
        signal?.addEventListener('abort', () => (queue.splice(queue.indexOf(asked), 1), lost(signal.reason)))
        return void queue.push(asked)
      }
      holder?.drop()
      grant(asked)
    })
  return { locks: { request } as unknown as LockManager, waiting: () => queue.length, crash: () => ((holder = null), queue.length > 0 && grant(queue.shift()!)) }
}

const page = (locks: LockManager | null, visible: boolean) => {
  const state = { visible, held: [] as boolean[], show: () => undefined as void }
  const lock = new SenderLock('sender', { locks, isVisible: () => state.visible, onVisible: (listener) => (state.show = listener) }, (held) => state.held.push(held))
  return { lock, state }
}

describe('one page of an app sends', () => {
  it('the visible one takes over from a hidden or frozen one', async () => {
    const { locks } = browserLocks()
    const first = page(locks, true)
    expect(first.lock.held).toBe(true)
    first.state.visible = false
    const second = page(locks, true)
    await Promise.resolve()
    expect([first.lock.held, second.lock.held]).toEqual([false, true])
    first.state.visible = true
    second.state.visible = false
    first.state.show()
    await Promise.resolve()
    expect([first.lock.held, second.lock.held]).toEqual([true, false])
  })
  it('a hidden one waits, and goes on when the other page is gone', () => {
    const { locks, crash } = browserLocks()
    page(locks, true)
    const hidden = page(locks, false)
    expect(hidden.lock.held).toBe(false)
    crash()
    expect(hidden.lock.held).toBe(true)
    expect(hidden.state.held).toEqual([true])
  })
  it('a visible one that lost it to another visible one waits too, and goes on when that page is gone', async () => {
    const { locks, crash } = browserLocks()
    const first = page(locks, true)
    const second = page(locks, true)
    await Promise.resolve()
    expect([first.lock.held, second.lock.held]).toEqual([false, true])
    crash()
    expect(first.lock.held).toBe(true)
  })
  it('each page waits in one place, however often it was taken away and came back', async () => {
    const { locks, waiting } = browserLocks()
    const [first, second] = [page(locks, true), page(locks, true)]
    for (let i = 0; i < 5; i++) {
      for (const { state } of [first, second]) {
        state.show()
        await Promise.resolve()
        await Promise.resolve()
      }
    }
    expect([first.lock.held, second.lock.held, waiting()]).toEqual([false, true, 1])
  })
  it('every page where the browser knows no locks', () => expect(page(null, false).lock.held).toBe(true))
})
