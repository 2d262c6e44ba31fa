/** Files of this machine through the same door as web addresses, for shops that hand out a file. */
import { open } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { HttpAnswer, HttpDoor, HttpQuestion } from '#hub/ports/http-door.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'

/** As large as an answer from the web may be. */
const MAX_BYTES = 16 * 1024 * 1024

/** Everything else goes through `web`. A file answers like a server: with an ETag, and 304 while it is the same. */
export const fileDoor = (web: HttpDoor): HttpDoor => ({ ask: (question) => (question.url.startsWith('file:') ? readFile(question) : web.ask(question)) })

const readFile = async ({ url, headers }: HttpQuestion): Promise<Result<HttpAnswer, ShopTrouble>> => {
  try {
    await using file = await open(fileURLToPath(url))
    const { size, mtimeMs, ino } = await file.stat()
    const etag = `"${ino}-${size}-${mtimeMs}"`
    if (headers?.['if-none-match'] === etag) return ok({ status: 304, headers: { etag }, text: '' })
    if (size > MAX_BYTES) return err({ type: 'Nonsense', why: `a file of more than ${MAX_BYTES} bytes` })
    return ok({ status: 200, headers: { etag }, text: new TextDecoder().decode(await file.readFile()) })
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'it cannot be read'
    return err(code === 'EACCES' || code === 'EPERM' ? { type: 'Refused', why: code } : { type: 'Unreachable', why: code })
  }
}
