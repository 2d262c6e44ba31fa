/** The departments that act on what customers say. */

/** Who takes something up; a case belongs to one of them, and to a person only where the store allows it. */
export const TEAMS = ['service', 'product', 'marketing', 'purchasing', 'finance'] as const
export type Team = (typeof TEAMS)[number]

/** Of somebody of whom nobody has said it: those who stand on the floor. */
export const USUAL_TEAM: Team = 'service'
