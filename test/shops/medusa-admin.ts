/** A Medusa of our own for one test run, filled and changed over HTTP as its administrator would. */
import { askJson, PASSWORD, startProcess, type ShopProcess } from './shop-process.ts'

export const USER = 'admin@shop.test'

export type MedusaAdmin = <T = Record<string, never>>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<T>
export type RunningMedusa = ShopProcess & { readonly admin: MedusaAdmin }

/** The first start makes tables: half a minute on a quiet machine. */
export const startMedusa = async (): Promise<RunningMedusa> => {
  const { url, stop } = await startProcess({ folder: 'medusa', needs: '@medusajs/medusa', script: 'start-medusa.mjs', env: { MEDUSA_PASSWORD: PASSWORD }, startMs: 180_000 })
  return { url, admin: await signIn(url), stop }
}

const signIn = async (url: string): Promise<MedusaAdmin> => {
  const { said } = await askJson(`${url}/auth/user/emailpass`, 'POST', {}, { email: USER, password: PASSWORD })
  const authorization = `Bearer ${(said as { readonly token: string }).token}`
  return async (method, path, body) => (await askJson(`${url}/admin${path}`, method, { authorization }, body)).said as never
}
