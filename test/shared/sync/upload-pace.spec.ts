import { describe, expect, it } from 'vitest'
import { UploadPace } from '#shared/sync/upload-pace.ts'

const stateOf = ({ bytes, batches }: UploadPace) => [bytes, batches]

describe('how much is under way at once', () => {
  it('is one batch of 64 KiB at first, and four of 256 kB once the hub answers soon', () => {
    const pace = new UploadPace()
    expect([...stateOf(pace), pace.events]).toEqual([65_536, 1, 500])
    const steps = Array.from({ length: 3 }, () => (pace.answered(50), stateOf(pace)))
    expect(steps).toEqual([[131_072, 4], [256_000, 4], [256_000, 4]])
  })
  it('is halved after an answer that took more than two seconds, and stays as it is after one between', () => {
    const pace = new UploadPace()
    pace.answered(2001)
    expect(stateOf(pace)).toEqual([32_768, 1])
    pace.answered(1000)
    expect(stateOf(pace)).toEqual([32_768, 1])
  })
  it('is a quarter after no answer, and in the end a single event', () => {
    const pace = new UploadPace()
    const steps = Array.from({ length: 6 }, () => (pace.failed(), stateOf(pace)))
    expect(steps).toEqual([[16_384, 1], [4096, 1], [1024, 1], [256, 1], [128, 1], [128, 1]])
  })
  it('reaches a hub behind 64 kbit/s within its time limit after one connection: 16 KiB take 2 s', () => {
    const pace = new UploadPace()
    pace.failed()
    expect(pace.bytes / 8000).toBeLessThan(4)
  })
})
