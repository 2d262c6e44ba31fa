/** A Vendure of our own for one test run, filled and changed over HTTP as its administrator would. */
import { askJson, PASSWORD, startProcess, type ShopProcess } from './shop-process.ts'

export const USER = 'superadmin'

export type Admin = <T = Record<string, never>>(query: string, variables?: Record<string, unknown>) => Promise<T>
export type RunningVendure = ShopProcess & { readonly admin: Admin }

export const startVendure = async (options: { readonly orderTax?: boolean } = {}): Promise<RunningVendure> => {
  const { url, stop } = await startProcess({ folder: 'vendure', needs: '@vendure/core', script: 'start-vendure.mjs', args: options.orderTax ? ['--order-tax'] : [], env: { VENDURE_PASSWORD: PASSWORD }, startMs: 120_000 })
  return { url, admin: await signIn(url), stop }
}

const signIn = async (url: string): Promise<Admin> => {
  const { headers } = await askVendure(`${url}/admin-api`, 'mutation($u:String!,$p:String!){login(username:$u,password:$p){__typename}}', { u: USER, p: PASSWORD })
  const token = headers.get('vendure-auth-token')
  return async (query, variables) => (await askVendure(`${url}/admin-api`, query, variables, token)).data as never
}

/** Either interface, in the session of a token. Errors  throws with the shop's own words. */
export const askVendure = async (url: string, query: string, variables: Record<string, unknown> = {}, token: string | null = null): Promise<{ readonly data: unknown; readonly headers: Headers }> => {
  const { said, headers } = await askJson(url, 'POST', token === null ? {} : { authorization: `Bearer ${token}` }, { query, variables })
  const { data, errors } = said as { readonly data: unknown; readonly errors?: readonly { readonly message: string }[] }
  if (errors) throw new Error(`${errors.map(({ message }) => message).join('; ')} in ${query.slice(0, 200)}`)
  return { data, headers }
}
