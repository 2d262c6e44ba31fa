/** What can be wrong with a chosen password. Apart from the rules, whose lists weigh something. */
export const PASSWORD_FAULTS = ['short', 'long', 'common', 'name', 'same'] as const
export type PasswordFault = (typeof PASSWORD_FAULTS)[number]
