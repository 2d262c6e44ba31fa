/** What a chosen name lacks. */
import type { NameFault } from '#shared/people/person-name.ts'

export const NAME_WORDS = { empty: 'nameEmpty', long: 'nameLong', letters: 'nameLetters', taken: 'nameTaken' } as const satisfies Record<NameFault, string>
