import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BLOCK_BYTES } from '#kiosk/lib/store/journal-blocks.ts'
import { FILLER, journalOf, MemoryFile } from './memory-journal.ts'

const record = (n: number, length = 10) => ({ key: `k${n}`, text: `${n}:${'x'.repeat(length)}` })
const textOf = (file: MemoryFile): string => new TextDecoder('latin1').decode(file.bytes)

describe('the journal of what waits', () => {
  it('holds what was put, in its order, for whoever opens the file next', () => {
    const file = new MemoryFile(8)
    const journal = journalOf(file)
    expect(journal.put([record(2), record(1)])).toBe(true)
    expect(journal.put([record(3, 900)])).toBe(true)
    expect(file.flushes).toBe(2)
    expect(journalOf(file).records).toEqual([record(2), record(1), record(3, 900)])
  })
  it('begins empty in a file that is full of bytes that say nothing', () => {
    expect(journalOf(new MemoryFile(8)).records).toEqual([])
  })
  it('overwrites what is removed, and uses the place again', () => {
    const file = new MemoryFile(3)
    const journal = journalOf(file)
    journal.put([record(1, 400), record(2, 900)])
    expect(journal.put([record(3)])).toBe(false)
    journal.remove(['k2'])
    expect(textOf(file)).not.toContain('2:xx')
    expect(journal.put([record(3), record(4)])).toBe(true)
    expect(journalOf(file).records).toEqual([record(1, 400), record(3), record(4)])
  })
  it('takes a later record of a key for the earlier one, and overwrites that only after the later is on the disk', () => {
    const file = new MemoryFile(4)
    const journal = journalOf(file)
    journal.put([{ key: 'a', text: 'first' }])
    let onDisk = ''
    file.flush = () => (onDisk = textOf(file))
    journal.put([{ key: 'a', text: 'second' }])
    expect([onDisk.includes('first'), onDisk.includes('second'), textOf(file).includes('first')]).toEqual([true, true, false])
    expect(journalOf(file).records).toEqual([{ key: 'a', text: 'second' }])
  })
  it('knows the later of two that both stood when the power failed', () => {
    const file = new MemoryFile(4)
    const journal = journalOf(file)
    journal.put([{ key: 'a', text: 'first' }])
    const before = file.bytes.slice(0, BLOCK_BYTES)
    journal.put([{ key: 'a', text: 'second' }])
    file.bytes.set(before, 0)
    expect(journalOf(file).records).toEqual([{ key: 'a', text: 'second' }])
    expect(textOf(file)).not.toContain('first')
  })
  it('has every record that was flushed, whatever one torn write left of the next', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1500), { maxLength: 12 }), fc.nat(1500), fc.nat(4000), (lengths, torn, upTo) => {
        const file = new MemoryFile(64)
        const journal = journalOf(file)
        const kept = lengths.map((length, n) => record(n, length))
        kept.forEach((one) => journal.put([one]))
        const before = file.bytes.slice()
        journal.put([record(99, torn)])
        const changed = [...file.bytes.keys()].filter((at) => file.bytes[at] !== before[at])
        // Of the last write only its first bytes reached the disk.
        for (const at of changed.slice(upTo)) file.bytes[at] = before[at]!
        const { records } = journalOf(file)
        expect([kept, [...kept, record(99, torn)]]).toContainEqual(records)
      }),
      { numRuns: 200 },
    )
  })
  it('goes through any history of putting and removing like a list, and leaves no word of what is gone', () => {
    const steps = fc.array(fc.oneof(fc.record({ put: fc.nat(9), length: fc.nat(1200) }), fc.record({ remove: fc.nat(9) })), { maxLength: 40 })
    fc.assert(
      fc.property(steps, (history) => {
        const file = new MemoryFile(64)
        let journal = journalOf(file)
        const model = new Map<string, string>()
        history.forEach((step, i) => {
          if ('put' in step) {
            const one = { key: `k${step.put}`, text: `<${i}>${'y'.repeat(step.length)}` }
            journal.put([one])
            model.delete(one.key)
            model.set(one.key, one.text)
          } else {
            journal.remove([`k${step.remove}`])
            model.delete(`k${step.remove}`)
          }
          if (i % 7 === 0) journal = journalOf(file)
        })
        expect(journalOf(file).records).toEqual([...model].map(([key, text]) => ({ key, text })))
        const left = (textOf(file).match(/<\d+>/g) ?? []).toSorted()
        expect(left).toEqual([...model.values()].map((text) => /<\d+>/.exec(text)![0]).toSorted())
      }),
      { numRuns: 200 },
    )
  })
  it('finds nothing in a block of filler', () => {
    const file = new MemoryFile(1)
    file.write(FILLER, 0)
    expect(journalOf(file).records).toEqual([])
  })
})
