/** How long something takes on its own: the least of some tries, because a busy machine may stand still during any one of them. */
export const leastMs = (run: () => unknown, tries = 5): number => {
  let least = Infinity
  for (let i = 0; i < tries; i++) {
    const from = performance.now()
    run()
    least = Math.min(least, performance.now() - from)
  }
  return least
}
