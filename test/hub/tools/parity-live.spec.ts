import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { deadAddress } from '../../contract/shops/odd-server.ts'

const root = new URL('../../../', import.meta.url).pathname
const SECRETS = { SHOP_USER: 'superadmin', SHOP_PASSWORD: 'do-not-tell' }
const run = (args: readonly string[], env: Readonly<Record<string, string>> = SECRETS) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['hub/tools/parity.ts', ...args], { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } })
  return { status, stdout, sentence: stderr.split('\n')[0] }
}

describe('the parity command with a running shop', () => {
  it.each([
    [['--url', 'https://x.example'], 'parity: --shop-url and --shop-option need --shop'],
    [['--shop', 'nowhere', '--url', 'https://x.example'], 'parity: --shop: there is no web shop "nowhere"; there are '],
    [['--shop', 'vendure', '--url=x'], 'parity: --shop-url: "x" is not an address such as https://shop.example/admin-api'],
    [['--shop', 'vendure', '--url', 'https://x.example', '--baskets', 'many'], 'parity: --baskets: "many" is no number of baskets'],
  ])('refuses %j in a sentence', (args, sentence) => {
    expect(run(args)).toMatchObject({ status: 2, stdout: '', sentence: expect.stringContaining(sentence) })
  })
  it('says which secret is missing', () => {
    expect(run(['--shop', 'vendure', '--url', 'https://x.example'], {}).sentence).toBe('parity: SHOP_USER and SHOP_PASSWORD of an administrator, or SHOP_KEY (an API key), are missing')
  })
  it('says that the shop does not answer, and never the secret', async () => {
    const result = run(['--shop', 'vendure', '--url', `${await deadAddress()}/admin-api`])
    expect(result).toEqual({ status: 1, stdout: '', sentence: 'parity: the shop does not answer: ECONNREFUSED' })
  })
})
