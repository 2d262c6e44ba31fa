/** A condition that no basket can meet. */
import type { Localised } from '../../kernel/language.ts'
import type { Rule } from './finding.ts'

/** Why a condition can never hold, and where in it that is. */
export type Impossible = { readonly rule: Rule; readonly path: string; readonly why: Localised }
