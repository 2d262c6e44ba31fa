/** Reads a QR code off a screenshot with an independent decoder. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const WASM = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
prepareZXingModule({ overrides: { wasmBinary: readFileSync(WASM).buffer as ArrayBuffer } })

/** The text of the one code on the screen. */
export const readQr = async (page: Page): Promise<string> => {
  const picture = await page.screenshot({ type: 'png', animations: 'disabled' })
  const codes = await readBarcodes(new Uint8Array(picture), { formats: ['QRCode'], tryHarder: true })
  const [code, ...more] = codes.filter(({ isValid }) => isValid)
  if (!code || more.length > 0) throw new Error(`${codes.length} readable QR codes on the screen, not one`)
  return code.text
}
