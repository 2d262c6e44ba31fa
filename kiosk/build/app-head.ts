/** Gives every app's page its icon, and the installed ones their manifest. */
import type { HtmlTagDescriptor, Plugin } from 'vite'
import { APPS } from './apps.ts'

export const appHead = (): Plugin => ({
  name: 'einklang:app-head',
  transformIndexHtml: (_html, { path }) => {
    const app = APPS.find(({ name }) => path.startsWith(`/${name}/`))
    if (!app) return []
    const icon = link({ rel: 'icon', href: '/icons/mark.svg', type: 'image/svg+xml' })
    return app.installed ? [icon, link({ rel: 'manifest', href: `/manifests/${app.name}.webmanifest` }), link({ rel: 'apple-touch-icon', href: '/icons/mark-180.png' })] : [icon]
  },
})

const link = (attrs: Record<string, string>): HtmlTagDescriptor => ({ tag: 'link', attrs, injectTo: 'head' })
