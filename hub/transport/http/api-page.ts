/** The description of the interface for people to read, made from the same routes. */
import type { Json } from '#shared/kernel/json.ts'
import { TOLD_EVENTS } from '#shared/protocol/sharing.ts'
import { TOLD_DATA, TOLD_WORDS } from '#shared/protocol/told-calls.ts'
import type { ApiRoute } from './api-route.ts'
import { entriesOf, isOptional, jsonSchema } from './json-schema.ts'

export const API_PAGE_PATH = '/api/v1/docs'
export const API_STYLE_PATH = '/api/v1/docs.css'

const LEAD = `Figures, feedback and more of one store, for programs. A manager makes a token on the page “Share”; it is sent as <code>Authorization: Bearer …</code>.
Every figure carries n, a 95&nbsp;% interval and the devices whose answers are missing; nothing is told about fewer than five answers. Days are days of the store.
What cannot be answered is told as <code>application/problem+json</code> (RFC&nbsp;9457). Answers to GET carry an <code>ETag</code>. A token has 120 questions a minute.
The machine-readable description is <a href="/api/v1/openapi.json">openapi.json</a>.`
const CALLS = `Other programs can be called when something happens: a POST with <code>webhook-id</code>, <code>webhook-timestamp</code> and <code>webhook-signature</code>
as <a href="https://www.standardwebhooks.com/" rel="noreferrer">Standard Webhooks</a> has it: HMAC-SHA256 over <code>id.timestamp.body</code>. Any 2xx is taken as received, 410 ends it; otherwise it comes again for three days
with the same id, so keep the ids you have seen, and refuse what is signed for another time than the last five minutes. While a secret is renewed there are two signatures. The body is <code>{"type", "timestamp", "data"}</code>.`

export const API_STYLE = `:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem;background:light-dark(#fffdf8,#171410);color:light-dark(#221c14,#f5eee1)}
h1{font-size:1.8rem;line-height:1.2}h2{font-size:1.15rem;margin-top:2rem;padding-top:1rem;border-top:1px solid light-dark(#dccfb8,#3f372c);overflow-wrap:anywhere}
a{color:light-dark(#0f4f58,#86d3d0)}code,pre{font-family:ui-monospace,monospace;font-size:.9em}code{background:light-dark(#eee5d3,#2a251d);padding:.1em .3em;border-radius:.2em}
pre{overflow-x:auto;padding:.8rem;background:light-dark(#eee5d3,#0e0c09);border-radius:.4rem}table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid light-dark(#dccfb8,#3f372c)}
.scope{color:light-dark(#5d5344,#c2b7a4)}:focus-visible{outline:3px solid light-dark(#0f4f58,#f5eee1);outline-offset:2px}
`

export const apiPage = (routes: readonly ApiRoute[]): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Einklang API</title><link rel="stylesheet" href="${API_STYLE_PATH}"></head>
<body><main><h1>Einklang API, version 1</h1><p>${LEAD}</p>${routes.map(section).join('\n')}<h2>Calls to other programs</h2><p>${CALLS}</p>${TOLD_EVENTS.map(calledWith).join('\n')}</main></body></html>
`

const section = ({ method, path, scope, summary, query, body, reply }: ApiRoute): string =>
  `<h2><code>${method} ${path}</code></h2><p>${escaped(summary)}. <span class="scope">${scopeWords(scope)}</span></p>${query ? parameters(query) : ''}${body ? shape('What it takes', jsonSchema(body)) : ''}${reply ? shape('What it answers', jsonSchema(reply)) : '<p>Answers <code>text/csv</code>.</p>'}`

const calledWith = (event: (typeof TOLD_EVENTS)[number]): string => `<h3><code>${event}</code></h3><p>${escaped(TOLD_WORDS[event])}.</p>${shape('data', jsonSchema(TOLD_DATA[event]))}`

const scopeWords = (scope: ApiRoute['scope']): string => (scope === null ? 'For anybody.' : scope === 'any' ? 'For any token.' : scope === 'board' ? 'For the link of a board.' : `Needs <code>${scope}</code>.`)

const parameters = (query: unknown): string => {
  const rows = Object.entries(entriesOf(query)).map(([name, schema]) => {
    const { enum: values, pattern, description } = jsonSchema(schema) as { readonly enum?: readonly string[]; readonly pattern?: string; readonly description?: string }
    return `<tr><th scope="row"><code>${name}</code></th><td>${isOptional(schema) ? 'may be left out' : 'needed'}</td><td>${escaped(description ?? values?.join(', ') ?? pattern ?? '')}</td></tr>`
  })
  return rows.length === 0 ? '' : `<table>${rows.join('')}</table>`
}

const shape = (title: string, schema: Json): string => `<details><summary>${title}</summary><pre tabindex="0">${escaped(JSON.stringify(schema, null, 2))}</pre></details>`

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
