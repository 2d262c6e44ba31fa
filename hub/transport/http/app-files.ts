/** The built apps as they lie in the build folder, compressed copies included. Only files known at the start are served, so no path leads out. */
import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'
import { cacheControlOf } from './headers.ts'

const APP_PATH = /^\/(shopper|staff|manager|checkout|board)(\/.*)?$/
/** As short as the code on a receipt allows; what it opens stands behind the #. */
const RECEIPT_PATH = '/r'
/** As short as a printed sign allows. */
const SIGN_PATH = '/f'

export type AppFiles = {
  readonly built: boolean
  /** Answers with a file, an app's page, or a redirect to it; `miss` is called when there is none. */
  serve(request: IncomingMessage, response: ServerResponse, miss: () => void): void
}

export const appFiles = (folder: string): AppFiles => {
  if (!existsSync(join(folder, 'shopper', 'index.html'))) return { built: false, serve: (_request, _response, miss) => miss() }
  const files = sirv(folder, { etag: true, brotli: true, gzip: true, setHeaders: (response, path) => response.setHeader('Cache-Control', cacheControlOf(path)) })
  return {
    built: true,
    serve: (request, response, miss) => {
      if (pathOf(request) === RECEIPT_PATH) request.url = '/receipt/index.html'
      if (pathOf(request) === SIGN_PATH) request.url = '/feedback/index.html'
      const app = APP_PATH.exec(pathOf(request))
      if (app && app[2] === undefined) return redirect(response, `/${app[1]}/`)
      // Every screen of an app has an address of its own; all of them are the app's one page.
      if (app?.[2] && !lastSegment(app[2]).includes('.')) request.url = `/${app[1]}/index.html`
      return files(request, response, miss)
    },
  }
}

export const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split(/[?#]/, 1)[0]!

const lastSegment = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const redirect = (response: ServerResponse, to: string): void => {
  response.writeHead(308, { Location: to, 'Cache-Control': 'no-cache' }).end()
}
