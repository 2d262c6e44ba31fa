/** The door to the page itself: its address, its history, its reload. */

/** The text after `#`, taken out of the address and of history at once. Null if there is none. */
export const takeFragment = (): string | null => {
  const fragment = location.hash.slice(1)
  if (fragment === '') return null
  history.replaceState(null, '', location.pathname + location.search)
  return fragment
}

/** Says behind the # which page this is, without a step in history; null: none. */
export const nameAddress = (part: string | null): void => history.replaceState(null, '', part === null ? location.pathname + location.search : `#${part}`)

/** Tells of every other part behind the # that a link or the browser's own buttons lead to, until the result is called. */
export const onAddress = (heard: (part: string) => void): (() => void) => {
  const tell = (): void => heard(location.hash.slice(1))
  window.addEventListener('hashchange', tell)
  return () => window.removeEventListener('hashchange', tell)
}

/** To the head of the page, where another one begins. */
export const toTop = (): void => scrollTo(0, 0)

/** Leaves nothing of the last person in the address or in the state that the browser keeps for it. */
export const forgetPage = (path: string): void => {
  history.replaceState(null, '', path)
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  getSelection()?.removeAllRanges()
  scrollTo(0, 0)
}

/** Keeps a receipt's code in the address of the phone that it belongs to, behind the #; null: takes it out again. */
export const nameReceipt = (code: string | null): void => history.replaceState(null, '', code === null ? location.pathname : `${location.pathname}#${code}`)

export const reloadPage = (): void => location.reload()

/** Onto paper, or into a file of its owner's. */
export const printPage = (): void => print()

/** On to a page of somebody else; what is here comes back with the browser's own button. */
export const leaveTo = (url: string): void => location.assign(url)
