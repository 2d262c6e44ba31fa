/** A value made when it is first asked for, and never again. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}

/** A value made once for each object, and kept as long as the object is; the object must not change. */
export const oncePer = <K extends object, T>(make: (of: K) => T): ((of: K) => T) => {
  const all = new WeakMap<K, { readonly value: T }>()
  return (of) => {
    const known = all.get(of)
    if (known) return known.value
    const made = { value: make(of) }
    all.set(of, made)
    return made.value
  }
}
