/** The door to pictures that are at hand before a screen asks for them, so that a shelf does not fetch and read a dozen of them at once. */

/** Each takes some ten kilobytes once read; a larger shop keeps those that come first. */
const MOST = 300

const kept = new Map<string, HTMLImageElement>()

/** Done when the picture could be shown, or never can be. */
export const keepPicture = async (src: string): Promise<void> => {
  if (kept.has(src) || kept.size >= MOST) return
  const picture = new Image()
  picture.src = src
  kept.set(src, picture)
  // One that is missing is missing on its screen, too.
  await picture.decode().catch(() => {})
}
