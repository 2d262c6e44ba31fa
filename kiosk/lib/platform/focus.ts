/** The door to the focus of the page. */

/** Takes it off whatever has it inside `place`, which is about to go: a browser that has to do so itself lays out the old and the new together first. */
export const letGoOfFocus = (place: string): void => {
  const { activeElement } = document
  if (activeElement instanceof HTMLElement && activeElement.closest(place)) activeElement.blur()
}
