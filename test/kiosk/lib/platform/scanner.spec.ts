import { describe, expect, it } from 'vitest'
import { EMPTY_SCAN, listenForScans, scanStep } from '#kiosk/lib/platform/scanner.ts'

const type = (keys: readonly string[], gapMs: number): (string | null)[] => {
  let buffer = EMPTY_SCAN
  return keys.map((key, i) => {
    const step = scanStep(buffer, key, 1000 + i * gapMs)
    buffer = step.buffer
    return step.scanned
  })
}
const key = (name: string, timeStamp: number): Event => {
  const event = new Event('keydown', { cancelable: true })
  Object.defineProperties(event, { key: { value: name }, timeStamp: { value: timeStamp } })
  return event
}

describe('a scanner that types like a keyboard', () => {
  it('is recognised by 13 digits, 10 ms apart, and Enter', () => {
    expect(type([...'4006381333931', 'Enter'], 10).at(-1)).toBe('4006381333931')
  })
  it('may pause 50 ms between two keys but not 51', () => {
    expect(type([...'40063813', 'Enter'], 50).at(-1)).toBe('40063813')
    expect(type([...'40063813', 'Enter'], 51).at(-1)).toBeNull()
  })
  it('may send Shift before a letter', () => {
    expect(type(['Shift', 'A', ...'1234567', 'Enter'], 10).at(-1)).toBe('A1234567')
  })
  it('needs 8 characters: 7 are somebody typing fast', () => {
    expect(type([...'1234567', 'Enter'], 10).at(-1)).toBeNull()
  })
  it('is not confused by an arrow key in between', () => {
    expect(type([...'4006', 'ArrowUp', ...'3813', 'Enter'], 10).at(-1)).toBeNull()
  })
  it('keeps its Enter from pressing the focused button, and only then', () => {
    const target = new EventTarget()
    const scans: string[] = []
    const stop = listenForScans((code) => scans.push(code), target)
    const events = [...'40063813', 'Enter'].map((name, i) => key(name, i * 10))
    const passed = events.map((event) => target.dispatchEvent(event))
    expect(scans).toEqual(['40063813'])
    expect(passed).toEqual([true, true, true, true, true, true, true, true, false])
    expect(target.dispatchEvent(key('Enter', 5000))).toBe(true)
    stop()
    for (const event of [...'40063813', 'Enter'].map((name, i) => key(name, 9000 + i * 10))) target.dispatchEvent(event)
    expect(scans).toEqual(['40063813'])
  })
})
