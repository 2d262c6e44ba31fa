/**
 * Answers a GraphQL request from plain data: nothing more comes back than was asked for, and a field that the data does not have is an error, as in a real
 * shop. Enough of the language for connectors: variables, aliases, arguments, inline fragments; no named fragments, no directives.
 */
type Argument = unknown
export type Arguments = { readonly [name: string]: Argument }
/** A field of the data: a value, or what makes it of its arguments. */
export type Data = null | string | number | boolean | readonly Data[] | ((args: Arguments) => Data) | { readonly [field: string]: Data }

type Selection = { readonly on: string | null; readonly name: string; readonly alias: string; readonly args: Arguments; readonly of: readonly Selection[] }
type Answer = { readonly data: unknown; readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[] }

class Unknown extends Error {}

/** Data for the fields of `root`; objects tell their type in `__typename`. */
export const answerGraphql = (query: string, variables: Arguments, root: { readonly [field: string]: Data }): Answer => {
  try {
    return { data: project(parse(query, variables), root) }
  } catch (error) {
    if (error instanceof Unknown) return { data: null, errors: [{ message: error.message, extensions: { code: 'undefinedField' } }] }
    throw error
  }
}

/** One page of a list, as connections are: `first` and `after`. */
export const connection = (nodes: readonly Data[]): Data => ({ first, after }) => {
  const from = typeof after === 'string' ? Number(after.slice('after:'.length)) : 0
  const until = from + (typeof first === 'number' ? first : nodes.length)
  return { nodes: nodes.slice(from, until), pageInfo: { hasNextPage: until < nodes.length, endCursor: nodes.length === 0 ? null : `after:${Math.min(until, nodes.length)}` } }
}

const project = (selections: readonly Selection[], given: Data): unknown => {
  if (given === null || typeof given !== 'object') throw new Unknown('a plain value has no fields')
  if (Array.isArray(given)) return given.map((one: Data) => project(selections, one))
  const object = given as { readonly [field: string]: Data }
  const type = String(object['__typename'] ?? 'an object')
  const out: Record<string, unknown> = {}
  for (const { on, name, alias, args, of } of selections) {
    if (on !== null) {
      if (on === type) Object.assign(out, project(of, object))
      continue
    }
    if (!Object.hasOwn(object, name)) throw new Unknown(`Field '${name}' doesn't exist on type '${type}'`)
    const raw = object[name]!
    const value = typeof raw === 'function' ? raw(args) : raw
    if (of.length === 0 && typeof value === 'object' && value !== null && !(Array.isArray(value) && value.every((one) => typeof one !== 'object'))) throw new Unknown(`Field '${name}' must have a selection of its fields`)
    out[alias] = of.length === 0 || value === null ? value : project(of, value)
  }
  return out
}

const TOKEN = /\s*(\.\.\.|[{}()[\]:$!,=]|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|[A-Za-z_]\w*)\s*/y

const parse = (query: string, variables: Arguments): readonly Selection[] => {
  const tokens = tokensOf(query)
  let at = 0
  const peek = (): string | undefined => tokens[at]
  const take = (wanted?: string): string => {
    const token = tokens[at++]
    if (token === undefined || (wanted !== undefined && token !== wanted)) throw new Unknown(`Parse error at "${token ?? 'end'}", expected "${wanted ?? 'more'}"`)
    return token
  }
  const value = (): Argument => {
    const token = take()
    if (token === '$') return variables[take()] ?? null
    if (token.startsWith('"')) return JSON.parse(token)
    if (token === '{' || token === '[') {
      const entries: [string, Argument][] = []
      const close = token === '{' ? '}' : ']'
      while (peek() !== close) {
        if (peek() === ',') take()
        else if (token === '{') entries.push([take(), (take(':'), value())])
        else entries.push([String(entries.length), value()])
      }
      take()
      return token === '{' ? Object.fromEntries(entries) : entries.map(([, one]) => one)
    }
    return /^-?\d/.test(token) ? Number(token) : token === 'true' ? true : token === 'false' ? false : token === 'null' ? null : token
  }
  const args = (): Arguments => {
    const found: Record<string, Argument> = {}
    if (peek() !== '(') return found
    take('(')
    while (peek() !== ')') {
      if (peek() === ',') take()
      else {
        const name = take()
        take(':')
        found[name] = value()
      }
    }
    take(')')
    return found
  }
  const selections = (): readonly Selection[] => {
    take('{')
    const found: Selection[] = []
    while (peek() !== '}') {
      if (peek() === ',') take()
      else if (peek() === '...') {
        take('...')
        take('on')
        found.push({ on: take(), name: '', alias: '', args: {}, of: selections() })
      } else {
        const first = take()
        const name = peek() === ':' ? (take(':'), take()) : first
        found.push({ on: null, alias: first, name, args: args(), of: peek() === '{' ? selections() : [] })
      }
    }
    take('}')
    return found
  }
  // What stands before the first brace declares variables, with their types.
  while (peek() !== '{') take()
  const found = selections()
  if (at !== tokens.length) throw new Unknown(`Parse error at "${peek()}"`)
  return found
}

const tokensOf = (query: string): readonly string[] => {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < query.length) {
    const from = TOKEN.lastIndex
    const read = TOKEN.exec(query)
    if (!read) throw new Unknown(`Parse error at "${query.slice(from, from + 20)}"`)
    tokens.push(read[1]!)
  }
  return tokens
}
