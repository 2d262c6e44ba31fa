/** The door to the focus of the page. */

/** Takes it off whatever has it inside `place`, which is about to go: a browser that has to do so itself lays out the old and the new together first. */
export const letGoOfFocus = (place: string): void => {
  const { activeElement } = document
  if (activeElement instanceof HTMLElement && activeElement.closest(place)) activeElement.blur()
}

/**
 * From now on a finger presses buttons without moving the focus, as on iPads: moving it lays the page out twice before the press is even heard, and where it
 * stands matters to keyboards. Whoever uses one, and a field that is being typed into, see it move as ever.
 */
export const pressWithoutFocus = (): void => {
  let isFinger = false
  window.addEventListener('pointerdown', ({ pointerType }) => { isFinger = pointerType === 'touch' }, { capture: true, passive: true })
  window.addEventListener('mousedown', (event) => {
    if (isFinger && event.target instanceof Element && event.target.closest('button') && !document.activeElement?.matches(':focus-visible')) event.preventDefault()
  }, { capture: true })
}
