/** The door to threads: a page starts scripts of its own origin as workers, and no others. With the hub's content security policy no text ever becomes code or markup by another way. Import it before anything that starts one. */

const SCRIPT = /^\/(assets\/[\w.-]+|(shopper|staff|manager|board)\/sw)\.js$/

/** A policy named `default` is asked by the browser itself, wherever a plain text would become the address of a script. */
const permit = (address: string): string | null => {
  const { origin, pathname } = new URL(address, location.href)
  return import.meta.env.DEV || (origin === location.origin && SCRIPT.test(pathname)) ? address : null
}

type Policies = { createPolicy(name: string, rules: { readonly createScriptURL: (address: string) => string | null }): unknown }
;(globalThis as { readonly trustedTypes?: Policies }).trustedTypes?.createPolicy('default', { createScriptURL: permit })
