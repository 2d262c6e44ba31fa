import { describe } from 'vitest'
import { phoneStory } from './phone-story.ts'
import { runMedusa } from './running-medusa.ts'

void describe('a basket with a running medusa', () => phoneStory({ start: runMedusa, search: 'Product', code: 'TEN' }))
