import { describe, expect, it, vi } from 'vitest'
import { Idle, WARNING_MS, WARN_AFTER_MS } from '#kiosk/lib/state/idle.svelte.ts'
import { fakeClock } from '../../fake-clock.ts'

const set = () => {
  const time = fakeClock()
  const onExpired = vi.fn<() => void>()
  return { ...time, onExpired, idle: new Idle(time.clock, onExpired) }
}

describe('a screen without a person', () => {
  it('asks after 75 s without a sign of life and lets go 30 s later', () => {
    const { idle, pass, onExpired } = set()
    idle.watch()
    pass(74_750)
    expect(idle.phase).toBe('watching')
    pass(250)
    expect([idle.phase, idle.leftMs]).toEqual(['warning', 30_000])
    pass(29_750)
    expect(onExpired).not.toHaveBeenCalled()
    pass(250)
    expect(onExpired).toHaveBeenCalledOnce()
    expect(idle.phase).toBe('off')
  })
  it('warns for at least the 20 s of WCAG 2.2.1', () => {
    expect(WARNING_MS).toBeGreaterThanOrEqual(20_000)
  })
  it('counts any sign of life, also one every 70 s for an hour', () => {
    const { idle, pass, onExpired } = set()
    idle.watch()
    for (let i = 0; i < 52; i++) {
      pass(70_000)
      idle.activity()
    }
    expect([idle.phase, onExpired.mock.calls.length]).toEqual(['watching', 0])
  })
  it('takes a warning back at any touch, as often as wanted', () => {
    const { idle, pass, onExpired } = set()
    idle.watch()
    for (let i = 0; i < 12; i++) {
      pass(WARN_AFTER_MS + 29_000)
      expect(idle.phase).toBe('warning')
      idle.activity()
      expect(idle.phase).toBe('watching')
    }
    expect(onExpired).not.toHaveBeenCalled()
  })
  it('is patient with forms: 150 s', () => {
    const { idle, pass } = set()
    idle.watch(150_000)
    pass(149_750)
    expect(idle.phase).toBe('watching')
    pass(250)
    expect(idle.phase).toBe('warning')
  })
  it('lets go without asking where nobody can lose anything', () => {
    const { idle, pass, onExpired } = set()
    idle.watch(15_000, 0)
    pass(14_750)
    expect([idle.phase, onExpired.mock.calls.length]).toEqual(['watching', 0])
    pass(250)
    expect([idle.phase, onExpired.mock.calls.length]).toEqual(['off', 1])
  })
  it('expires once and at once when the device slept through the warning', () => {
    const { idle, pass, onExpired } = set()
    idle.watch()
    pass(3_600_000)
    expect(onExpired).toHaveBeenCalledOnce()
  })
  it('does not watch an attract screen, and leaves no timer running', () => {
    const { idle, pass, onExpired, running } = set()
    idle.watch()
    idle.off()
    idle.activity()
    pass(3_600_000)
    expect([onExpired.mock.calls.length, running(), idle.phase]).toEqual([0, 0, 'off'])
  })
})
