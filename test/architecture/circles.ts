/** Files that need each other, directly or round a corner, cannot be understood one at a time. */

/** What every file imports, by path; imports of packages left out. */
export type ImportMap = ReadonlyMap<string, readonly string[]>

/** Every group of files that reach each other, each sorted. Tarjan's strongly connected components, without recursion limits in mind: the house is small. */
export const circlesIn = (imports: ImportMap): readonly (readonly string[])[] => {
  const indexes = new Map<string, number>()
  const lows = new Map<string, number>()
  const open: string[] = []
  const circles: string[][] = []
  const visit = (file: string): void => {
    indexes.set(file, indexes.size)
    lows.set(file, indexes.get(file)!)
    open.push(file)
    for (const next of imports.get(file) ?? []) {
      if (!imports.has(next)) continue
      if (!indexes.has(next)) visit(next)
      else if (!open.includes(next)) continue
      lows.set(file, Math.min(lows.get(file)!, lows.get(next)!))
    }
    if (lows.get(file) !== indexes.get(file)) return
    const circle = open.splice(open.indexOf(file))
    if (circle.length > 1) circles.push(circle.toSorted())
  }
  for (const file of imports.keys()) if (!indexes.has(file)) visit(file)
  return circles
}
