/** The door to the QR library: text in, one SVG path out. Loaded on first use. */

export type QrPath = {
  /** Dark modules as an SVG path in units of one module, starting at 0,0 without the quiet zone. */
  readonly path: string
  /** Modules per side; show the path with `viewBox="-4 -4 {modules + 8} {modules + 8}"` on white, whatever the theme. */
  readonly modules: number
  /** QR version 1 … 40; up to 10 a phone reads it easily from half a metre. */
  readonly version: number
}

/** Level M: on a clean screen higher levels only make the modules smaller. */
export const qrPath = async (text: string): Promise<QrPath> => {
  const { create } = await import('qrcode')
  const { modules, version } = create(text, { errorCorrectionLevel: 'M' })
  return { path: rowsToPath(modules.size, (row, column) => modules.get(row, column) === 1), modules: modules.size, version }
}

/** Neighbouring dark modules of a row become one rectangle, so no hairline shows between them. */
export const rowsToPath = (size: number, isDark: (row: number, column: number) => boolean): string => {
  let path = ''
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!isDark(row, column)) continue
      const start = column
      while (column + 1 < size && isDark(row, column + 1)) column++
      path += `M${start} ${row}h${column - start + 1}v1H${start}z`
    }
  }
  return path
}
