/** Chance from a seed: the same seed gives the same run on every machine. sfc32, seeded through splitmix32. */
import { bytesToHex } from '#shared/kernel/bytes.ts'

export class SeededRandom {
  #a: number
  #b: number
  #c: number
  #d = 1

  constructor(seed: number) {
    let state = seed >>> 0
    const mix = (): number => {
      state = (state + 0x9e3779b9) >>> 0
      let z = state
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
      return (z ^ (z >>> 15)) >>> 0
    }
    this.#a = mix()
    this.#b = mix() ^ Math.floor(seed / 0x100000000)
    this.#c = mix()
    for (let i = 0; i < 12; i++) this.word()
  }

  /** 32 random bits. */
  word(): number {
    const out = (this.#a + this.#b + this.#d) >>> 0
    this.#d = (this.#d + 1) >>> 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) >>> 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) >>> 0
    this.#c = (this.#c + out) >>> 0
    return out
  }

  /** 0 … below `limit` */
  below(limit: number): number {
    return Math.floor((this.word() / 0x100000000) * limit)
  }

  chance(probability: number): boolean {
    return this.word() / 0x100000000 < probability
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    for (let i = 0; i < length; i++) bytes[i] = this.word() & 255
    return bytes
  }

  hex(bytes: number): string {
    return bytesToHex(this.bytes(bytes))
  }
}
