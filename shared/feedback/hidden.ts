/** Why somebody's words are folded away; nothing is deleted, and no score changes by it. */

/** spam, insult: the rules of `judge-words.ts` say so · person: a manager folded them away · shown: a manager put them back, whatever the rules say. */
export const HIDDEN = ['spam', 'insult', 'person', 'shown'] as const
export type Hidden = (typeof HIDDEN)[number]

/** Whether the stream folds them away until somebody asks. */
export const isFolded = (hidden: Hidden | undefined): boolean => hidden !== undefined && hidden !== 'shown'
