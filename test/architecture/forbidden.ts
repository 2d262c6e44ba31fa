/** What no rule may read: clock, chance, the outside world. Patterns over code without comments and texts. */

export type Forbidden = { readonly what: string; readonly pattern: RegExp; readonly example: string; readonly harmless: string }

export const IMPURE: readonly Forbidden[] = [
  { what: 'the clock', pattern: /\bDate\s*\.\s*now\b|\bperformance\b(?!\s*:)|\bTemporal\s*\.\s*Now\b/, example: 'const at = Date.now()', harmless: 'const at = facts.now' },
  { what: 'the clock by a date without argument', pattern: /\bnew\s+Date\s*(\(\s*\)|(?!\s*\())|(?<!new\s)(?<![\w.])Date\s*\(/, example: 'const today = new Date()', harmless: 'const day = new Date(at)' },
  { what: 'chance', pattern: /\bMath\s*\.\s*random\b|\bcrypto\b/, example: 'const id = Math.random()', harmless: 'const half = Math.round(x / 2)' },
  { what: 'the zone or language of the machine', pattern: /\.toLocale\w*String\s*\(\s*\)|\.getTimezoneOffset\b|\bDateTimeFormat\s*\(\s*\)|\.get(?:Hours|Minutes|Day|Date|Month|FullYear)\s*\(/, example: 'const hour = date.getHours()', harmless: 'const hour = date.getUTCHours()' },
  { what: 'timers', pattern: /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame)\b/, example: 'setTimeout(run, 5)', harmless: 'run(5)' },
  { what: 'Node', pattern: /(?<![\w.'-])(?:process|Buffer|require|__dirname|__filename)\s*[.([]/, example: "const port = process.env['PORT']", harmless: 'const step = machine.process(event)' },
  // Words like window and history are fields of offers and prices too; shared/tsconfig.json knows no page, so the compiler finds those.
  { what: 'the page', pattern: /(?<![\w.'-])(?:document|navigator|localStorage|sessionStorage|indexedDB|fetch|XMLHttpRequest|WebSocket)\s*[.([]/, example: 'const name = document.title', harmless: 'const name = release.document(id)' },
  { what: 'everything global', pattern: /\bglobalThis\b/, example: 'const g = globalThis', harmless: 'const g = given' },
  { what: 'code made of text', pattern: /\beval\s*\(|\bnew\s+Function\b/, example: 'const run = new Function(text)', harmless: 'const run: Function = given' },
]
