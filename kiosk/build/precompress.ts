/** Writes `.br` and `.gz` beside every text file of the build, because the hub serves files as they lie. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const TEXT = new Set(['.html', '.js', '.css', '.json', '.svg', '.webmanifest', '.txt', '.map', '.wasm'])
/** Below this a compressed copy saves no packet. */
const MIN_BYTES = 512
/** Pictures are many and compress alike at 9; code is small and earns the last percent. */
const brotliQuality = (file: string): number => (extname(file) === '.svg' ? 9 : 11)

const toBrotli = promisify(brotliCompress)
const toGzip = promisify(gzip)

export const precompress = async (dir: string): Promise<void> => {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const queue = entries.filter((entry) => entry.isFile() && TEXT.has(extname(entry.name))).map((entry) => join(entry.parentPath, entry.name))
  const work = async (): Promise<void> => {
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) await compressFile(file)
  }
  await Promise.all(Array.from({ length: availableParallelism() * 2 }, work))
}

const compressFile = async (file: string): Promise<void> => {
  const raw = await readFile(file)
  if (raw.length < MIN_BYTES) return
  const [br, gz] = await Promise.all([toBrotli(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality(file) } }), toGzip(raw, { level: 9 })])
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)])
}
