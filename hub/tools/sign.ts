/** `npm run sign -- TOUCHPOINT`: makes a sign with a QR, from which people answer on their own phone, and prints its address. */
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { makeSign } from '#hub/use-cases/feedback/keep-signs.ts'
import { signUrl } from '#shared/feedback/sign-code.ts'
import { isBareAddress } from '#shared/handoff/encode-handoff.ts'
import { documentsToStore, documentsToTouchpoints } from '#shared/protocol/documents.ts'
import { openDesk } from './open-desk.ts'
import { terminalQr } from './terminal-qr.ts'

const HELP = `npm run sign -- TOUCHPOINT [--host HOST] [--data DIR]

  TOUCHPOINT   where it is to hang; each call makes another sign
  --host HOST  how phones reach this hub, e.g. shop.example (default: as the store's document says)
  --data DIR   the hub's data folder (default ./.einklang; DATA_DIR)

The manager's page "Kanäle" prints it in A6 or A5, and revokes it.
`

type Print = (line: string) => void

export const runSign = async (args: readonly string[], print: Print, complain: Print): Promise<number> => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { host: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean' } } })
    if (values.help) {
      print(HELP)
      return 0
    }
    const [touchpoint, ...more] = positionals
    if (touchpoint === undefined || more.length > 0) throw new Error('a sign for which touchpoint? npm run sign -- TOUCHPOINT')
    const desk = openDesk(values.data, { mustExist: true })
    if (!desk.ok) throw new Error(desk.error)
    try {
      const items = desk.value.documents.current()?.items ?? {}
      const store = documentsToStore(items)
      const host = values.host ?? (store.ok ? store.value.checkoutDomain : '')
      if (host === '') throw new Error('nobody has said how phones reach this hub: --host shop.example')
      const made = makeSign({ ...desk.value, random: { bytes: (length) => Uint8Array.from(randomBytes(length)) } }, touchpoint, { who: 'console', device: null })
      if (!made.ok) throw new Error(made.error.code === 'not_found' ? `there is no touchpoint "${touchpoint}"; there are ${documentsToTouchpoints(items).map(({ id }) => id).join(', ')}` : `nothing is asked at "${touchpoint}"`)
      const { serial, code } = made.value
      const url = signUrl(isBareAddress(host) ? 'http:' : 'https:', host, { touchpoint, serial, code: code! })
      print(url)
      for (const line of (await terminalQr(url, false)).split('\n')) print(line)
      return 0
    } finally {
      desk.value.close()
    }
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return 2
  }
}

if (import.meta.main) process.exitCode = await runSign(process.argv.slice(2), console.log, console.error)
