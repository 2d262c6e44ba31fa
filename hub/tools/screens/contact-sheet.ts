/** The page that shows all pictures side by side: one row per screen, filters at the top, no script needed to look. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Picture = { readonly app: string; readonly stop: string; readonly size: string; readonly language: string; readonly theme: string; readonly file: string }

export const writeContactSheet = (folder: string, pictures: readonly Picture[]): void => writeFileSync(join(folder, 'index.html'), contactSheet(pictures))

export const contactSheet = (pictures: readonly Picture[]): string => {
  const facets = (['app', 'size', 'language', 'theme'] as const).map((facet) => ({ facet, values: [...new Set(pictures.map((picture) => picture[facet]))] }))
  const rows = Map.groupBy(pictures, ({ app, stop }) => `${app} · ${stop}`)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Screens</title>
<style>
body{font:15px system-ui;margin:1rem;background:#888;color:#111}
fieldset{display:inline-block;border:0}
.row{display:flex;gap:12px;overflow-x:auto;align-items:start}
figure{margin:0 0 1rem;flex:none}
img{height:520px;width:auto;display:block;background:#fff}
figcaption{font-size:12px}
h2{margin:1.2rem 0 .3rem}
${facets.flatMap(({ facet, values }) => values.map((value) => `body:has(#${id(facet, value)}:not(:checked)) figure[data-${facet}="${value}"]{display:none}`)).join('\n')}
</style></head><body>
<form>${facets.map(({ facet, values }) => `<fieldset>${facet}: ${values.map((value) => `<label><input type="checkbox" checked id="${id(facet, value)}">${value}</label>`).join(' ')}</fieldset>`).join('')}</form>
${[...rows].map(([title, row]) => `<h2>${title}</h2><div class="row">${row.map(figure).join('')}</div>`).join('\n')}
</body></html>
`
}

const id = (facet: string, value: string): string => `${facet}-${value}`

const figure = ({ app, stop, size, language, theme, file }: Picture): string =>
  `<figure data-app="${app}" data-size="${size}" data-language="${language}" data-theme="${theme}"><a href="${file}"><img loading="lazy" src="${file}" alt="${app} ${stop} ${size} ${language} ${theme}"></a><figcaption>${size} ${language} ${theme}</figcaption></figure>`
