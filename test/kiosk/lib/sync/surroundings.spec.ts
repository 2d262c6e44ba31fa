import { afterEach, expect, it, vi } from 'vitest'
import { browserSurroundings } from '#kiosk/lib/sync/surroundings.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it('a clock that stands before 1970 tells the first moment of it, so that events keep a time', () => {
  vi.stubGlobal('location', { origin: 'http://127.0.0.1:4000' })
  vi.useFakeTimers({ toFake: ['Date'] })
  const around = browserSurroundings()
  vi.setSystemTime(-1_800_000)
  expect(around.wall()).toBe(0)
  vi.setSystemTime(1_795_330_000_000)
  expect(around.wall()).toBe(1_795_330_000_000)
})
