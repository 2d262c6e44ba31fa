/** Size budgets, held against the files that people really load. */
import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { APPS } from '../../../kiosk/build/apps.ts'

/** True when every app stays within its budget; says each size either way. */
export const checkSizes = (dist: string, say: (line: string) => void): boolean => {
  let within = true
  for (const app of APPS) {
    const files = initialScripts(dist, `${app.name}/index.html`)
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0)
    const fits = bytes > 0 && bytes <= app.initialBytes
    within &&= fits
    say(`${app.name.padEnd(9)} ${kilo(bytes).padStart(6)} kB gzip in ${files.length} files, budget ${kilo(app.initialBytes)} kB${fits ? '' : '  TOO LARGE'}`)
  }
  return within
}

/** Every script that a page loads before it shows anything: its own and what those import, lazy imports left out. */
export const initialScripts = (dist: string, page: string): readonly string[] => {
  const html = readFileSync(join(dist, page), 'utf8')
  const queue = [...html.matchAll(/<script[^>]+src="\/([^"]+)"/g)].map(([, file]) => file!)
  const found = new Set<string>()
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (found.has(file)) continue
    found.add(file)
    for (const specifier of staticImports(readFileSync(join(dist, file), 'utf8'))) queue.push(posix.join(dirname(file), specifier))
  }
  return [...found]
}

/** What built code imports at once, `import("…")` left out. */
export const staticImports = (code: string): readonly string[] => [...code.matchAll(/(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w$*{}\s,]+?\bfrom\s*|[{*][\w$*{}\s,]*from\s*)?["'](\.[^"']+\.js)["']/g)].map(([, specifier]) => specifier!)

const kilo = (bytes: number): string => (bytes / 1000).toFixed(1)
