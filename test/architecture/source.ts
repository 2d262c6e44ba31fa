/** Reads the house: its files, what they import, and their code without words for people. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Every file that is part of the project or about to be, as paths from the root. */
export const projectFiles = (): readonly string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' }).split('\n').filter((file) => file !== '' && exists(file))

/** The product's own code: everything that runs, without tests. */
export const sourceFiles = (): readonly string[] => projectFiles().filter((file) => /^(kiosk|hub|shared)\//.test(file) && /\.(ts|svelte)$/.test(file))

export const readSource = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

/** What a file imports, type imports and lazy ones included, as written. */
export const importsOf = (file: string, text: string): readonly string[] => ts.preProcessFile(scriptOf(file, text), true, true).importedFiles.map(({ fileName }) => fileName)

/** Where an import leads: a path from the root, or a package by its name. */
export const target = (file: string, specifier: string): { readonly path: string } | { readonly pack: string } => {
  if (specifier.startsWith('#')) return { path: specifier.slice(1) }
  if (specifier.startsWith('.')) return { path: join(dirname(file), specifier) }
  if (specifier.startsWith('node:')) return { pack: specifier }
  return { pack: specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/') }
}

/** Code alone: comments gone, texts emptied, line breaks kept. */
export const codeOf = (file: string, text: string): string => {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, scriptOf(file, text))
  let code = ''
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token === ts.SyntaxKind.SingleLineCommentTrivia || token === ts.SyntaxKind.MultiLineCommentTrivia) continue
    code += token === ts.SyntaxKind.StringLiteral ? "''" : scanner.getTokenText()
  }
  return code
}

export const isWithin = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`)

const scriptOf = (file: string, text: string): string =>
  file.endsWith('.svelte') ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join('\n') : text

const exists = (file: string): boolean => {
  try {
    readFileSync(join(ROOT, file))
    return true
  } catch {
    return false
  }
}
