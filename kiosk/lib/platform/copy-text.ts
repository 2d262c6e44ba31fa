/** The door to the clipboard. */

/** False where the browser does not allow it: the text is there to be marked by hand. */
export const copyText = async (words: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(words)
    return true
  } catch {
    return false
  }
}
