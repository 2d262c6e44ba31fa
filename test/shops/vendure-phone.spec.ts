import { describe } from 'vitest'
import { phoneStory } from './phone-story.ts'
import { runVendure } from './running-vendure.ts'

void describe('a basket with a running vendure', () => phoneStory({ start: runVendure, search: 'Article', code: 'TEN' }))
