/** A QR code on a kiosk's panel as the camera of a phone sees it: pixel grid and moiré, tilt, blur, glare, noise, and the loss of its JPEG. Seeded, no browser. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import QRCode from 'qrcode'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'

const WASM = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
prepareZXingModule({ overrides: { wasmBinary: readFileSync(WASM).buffer as ArrayBuffer } })

export type Grey = { readonly width: number; readonly height: number; readonly data: Float32Array }

/** How a person holds the phone, and what the picture has gone through. Units  angles in degrees, light 0 … 255. */
export type Shot = {
  /** Camera pixels that the code with its quiet zone is wide. */
  readonly widthPx: number
  readonly turn: number
  /** Of the panel away from the camera, left to right and top to bottom. */
  readonly tiltX: number
  readonly tiltY: number
  readonly blurPx: number
  /** 1: black is black and white is white; 0.4: a dim panel in a bright room. */
  readonly contrast: number
  /** Light of a lamp on one side of the glass. */
  readonly glare: number
  readonly noise: number
  /** Share of light that the gaps between the panel's pixels take. */
  readonly grid: number
  /** 1 … 100 as cameras name it. */
  readonly quality: number
}

/** Panel pixels a module: what a 112 mm code has on a 21.5 inch panel with 1080 pixels across. */
const PANEL_PX = 450
const QUIET = 4
/** Around the code, as a person aims. */
const MARGIN = 0.12

export type QrCode = { readonly modules: number; readonly version: number; readonly isDark: (row: number, column: number) => boolean }

export const qrOf = (text: string, level: 'L' | 'M' | 'Q' | 'H' = 'M'): QrCode => {
  const { modules, version } = QRCode.create(text, { errorCorrectionLevel: level })
  return { modules: modules.size, version, isDark: (row, column) => modules.get(row, column) === 1 }
}

const share = (random: SeededRandom): number => random.word() / 0x100000000

/** A hand as it comes: `widthPx` from the middle of the hall to arm's length. */
export const anyShot = (random: SeededRandom, widthPx = 300 + random.below(300)): Shot => ({
  widthPx,
  turn: (share(random) - 0.5) * 50,
  tiltX: (share(random) - 0.5) * 50,
  tiltY: (share(random) - 0.5) * 50,
  blurPx: 0.4 + share(random) * 0.8,
  contrast: 0.45 + share(random) * 0.55,
  glare: share(random) * 45,
  noise: 2 + share(random) * 12,
  grid: share(random) * 0.25,
  quality: 45 + random.below(50),
})

export const photograph = (code: QrCode, shot: Shot, random: SeededRandom): Grey => jpeg(exposed(blurred(projected(code, shot), shot.blurPx), shot, random), shot.quality)

/** What an independent decoder reads, or null. */
export const readPhoto = async ({ width, height, data }: Grey): Promise<string | null> => {
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < data.length; i++) rgba.fill(data[i]!, i * 4, i * 4 + 3)
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255
  const found = await readBarcodes({ data: rgba, width, height, colorSpace: 'srgb' } as ImageData, { formats: ['QRCode'], tryHarder: true })
  return found.find(({ isValid }) => isValid)?.text ?? null
}

/** Each camera pixel looks at one spot of the panel, through the lens's perspective: the grid of the one on the grid of the other makes the moiré. */
const projected = (code: QrCode, { widthPx, turn, tiltX, tiltY, grid }: Shot): Grey => {
  const side = Math.ceil(widthPx * (1 + 2 * MARGIN))
  const data = new Float32Array(side * side)
  const cells = code.modules + 2 * QUIET
  const pitch = Math.max(1, Math.floor(PANEL_PX / cells))
  const [cos, sin] = [Math.cos(radians(turn)), Math.sin(radians(turn))]
  // How much nearer one edge of the panel is than the other, seen from three code widths away.
  const [nearX, nearY] = [Math.sin(radians(tiltX)) / 3, Math.sin(radians(tiltY)) / 3]
  const [wideX, wideY] = [1 / Math.cos(radians(tiltX)), 1 / Math.cos(radians(tiltY))]
  for (let v = 0; v < side; v++) {
    for (let u = 0; u < side; u++) {
      let light = 0
      for (const [du, dv] of SPOTS) {
        const x = (u + du - side / 2) / widthPx
        const y = (v + dv - side / 2) / widthPx
        const depth = 1 - (x * nearX + y * nearY)
        const [px, py] = [((x * cos + y * sin) * wideX) / depth, ((y * cos - x * sin) * wideY) / depth]
        light += panel(code, px * cells + cells / 2, py * cells + cells / 2, pitch, grid)
      }
      data[v * side + u] = light / SPOTS.length
    }
  }
  return { width: side, height: side, data }
}
const SPOTS = [[0.3, 0.3], [0.7, 0.7]] as const
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Light at a place of the panel, in modules from the code's corner. */
const panel = (code: QrCode, x: number, y: number, pitch: number, grid: number): number => {
  const [column, row] = [Math.floor(x) - QUIET, Math.floor(y) - QUIET]
  const isInside = row >= 0 && column >= 0 && row < code.modules && column < code.modules
  const isFrame = x < 0 || y < 0 || x >= code.modules + 2 * QUIET || y >= code.modules + 2 * QUIET
  const white = isFrame ? 0.72 : isInside && code.isDark(row, column) ? 0.03 : 1
  const gap = Math.min(fraction(x * pitch), fraction(y * pitch)) < 0.22 ? grid : 0
  return 255 * white * (1 - gap)
}
const fraction = (value: number): number => value - Math.floor(value)

const blurred = ({ width, height, data }: Grey, sigma: number): Grey => {
  const reach = Math.ceil(sigma * 2.5)
  const last = (length: number): number => length - 1 - reach
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)))
  const sum = kernel.reduce((all, one) => all + one, 0)
  const along = (from: Float32Array, step: number, length: number, lanes: number, lane: number): Float32Array => {
    const to = new Float32Array(from.length)
    for (let l = 0; l < lanes; l++) {
      for (let i = 0; i < length; i++) {
        let light = 0
        if (i >= reach && i <= last(length)) for (let k = -reach, at = l * lane + (i - reach) * step; k <= reach; k++, at += step) light += kernel[k + reach]! * from[at]!
        else for (let k = -reach; k <= reach; k++) light += kernel[k + reach]! * from[l * lane + Math.min(length - 1, Math.max(0, i + k)) * step]!
        to[l * lane + i * step] = light / sum
      }
    }
    return to
  }
  return { width, height, data: along(along(data, 1, width, height, width), width, height, width, 1) }
}

const exposed = ({ width, height, data }: Grey, { contrast, glare, noise }: Shot, random: SeededRandom): Grey => {
  const [gx, gy] = [share(random) - 0.5, share(random) - 0.5]
  const out = new Float32Array(data.length)
  const grey = 110 + share(random) * 40
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [(i % width) / width - 0.5, Math.floor(i / width) / height - 0.5]
    out[i] = clamp(grey + (data[i]! - 128) * contrast + glare * 2 * (x * gx + y * gy) + glare * 0.5 + noise * gauss(random))
  }
  return { width, height, data: out }
}
const clamp = (light: number): number => Math.min(255, Math.max(0, light))
/** Twelve dice: near enough to the bell. */
const gauss = (random: SeededRandom): number => share(random) + share(random) + share(random) + share(random) + share(random) + share(random) - 3

/** Luminance table of the JPEG standard, at quality 50. */
const TABLE = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
  18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
]
const COS = Array.from({ length: 64 }, (_, i) => Math.cos(((2 * (i % 8) + 1) * Math.floor(i / 8) * Math.PI) / 16) * (i < 8 ? Math.SQRT1_2 : 1) * 0.5)

/** Blocks of 8 × 8 lose what the quality does not keep. */
const jpeg = ({ width, height, data }: Grey, quality: number): Grey => {
  const scale = quality < 50 ? 50 / quality : 2 - quality / 50
  const steps = TABLE.map((step) => Math.max(1, Math.floor(step * scale + 0.5)))
  const out = new Float32Array(data)
  const block = new Float32Array(64)
  for (let y = 0; y + 8 <= height; y += 8) {
    for (let x = 0; x + 8 <= width; x += 8) {
      for (let i = 0; i < 64; i++) block[i] = data[(y + (i >> 3)) * width + x + (i & 7)]! - 128
      const known = transformed(block, true)
      for (let i = 0; i < 64; i++) known[i] = Math.round(known[i]! / steps[i]!) * steps[i]!
      const light = transformed(known, false)
      for (let i = 0; i < 64; i++) out[(y + (i >> 3)) * width + x + (i & 7)] = clamp(light[i]! + 128)
    }
  }
  return { width, height, data: out }
}

/** Rows, then columns. The answer is overwritten by the next block. */
const transformed = (block: Float32Array, forward: boolean): Float32Array => {
  const [at, whole] = forward ? [AHEAD, KNOWN] : [BACK, LIGHT]
  for (let row = 0; row < 64; row += 8) {
    for (let k = 0; k < 8; k++) {
      let sum = 0
      for (let n = 0; n < 8; n++) sum += block[row + n]! * at[k * 8 + n]!
      HALF[row + k] = sum
    }
  }
  for (let column = 0; column < 8; column++) {
    for (let k = 0; k < 8; k++) {
      let sum = 0
      for (let n = 0; n < 8; n++) sum += HALF[n * 8 + column]! * at[k * 8 + n]!
      whole[k * 8 + column] = sum
    }
  }
  return whole
}
const HALF = new Float32Array(64)
const KNOWN = new Float32Array(64)
const LIGHT = new Float32Array(64)
/** From light to waves, and from waves to light. */
const AHEAD = Float64Array.from(COS)
const BACK = Float64Array.from(COS, (_, i) => COS[(i % 8) * 8 + Math.floor(i / 8)]!)
