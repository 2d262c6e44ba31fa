import { describe } from 'vitest'
import { phoneStory } from './phone-story.ts'
import { runMedusa } from './running-medusa.ts'

/** Named exactly: the shop's ids are random, and so is the order of its articles, of which some take no code and one has no usable number. */
void describe('a basket with a running medusa', () => phoneStory({ start: runMedusa, search: 'Product 4', code: 'TEN' }))
