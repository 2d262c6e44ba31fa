import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { qrPath, rowsToPath } from '#kiosk/lib/platform/qr.ts'

describe('the QR code as one path', () => {
  it('joins neighbouring dark modules of a row', () => {
    const dark = ['##.', '..#', '###'].map((row) => [...row].map((module) => module === '#'))
    expect(rowsToPath(3, (row, column) => dark[row]![column]!)).toBe('M0 0h2v1H0zM2 1h1v1H2zM0 2h3v1H0z')
  })
  it('is read back by an independent decoder, 160 bytes as decimal digits in version 11 at most', async () => {
    const text = `https://laden.example/checkout/#${'12345678901234567'.repeat(22)}`
    const { path, modules, version } = await qrPath(text)
    const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
    prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer as ArrayBuffer } })
    const [found] = await readBarcodes(paint(path, modules), { formats: ['QRCode'] })
    expect(found?.text).toBe(text)
    expect(version).toBeLessThanOrEqual(11)
  })
})

/** Draws the path with 4 pixels a module and the quiet zone, without a browser. */
const paint = (path: string, modules: number): ImageData => {
  const side = (modules + 8) * 4
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let row = 0; row < 4; row++) {
      const from = (((Number(y) + 4) * 4 + row) * side + (Number(x) + 4) * 4) * 4
      for (let i = from; i < from + Number(width) * 16; i++) if (i % 4 !== 3) data[i] = 0
    }
  }
  return { data, width: side, height: side, colorSpace: 'srgb' } as ImageData
}
