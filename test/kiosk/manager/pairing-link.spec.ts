import { describe, expect, it } from 'vitest'
import { codeInFragment, pairingLink } from '../../../kiosk/manager/pairing-link.ts'

describe('a pairing link', () => {
  it('opens the app of the role, the code behind #', () => expect(pairingLink('https://markt.example', 'kiosk', '7K3Q-9XMA')).toBe('https://markt.example/shopper/#pair=7K3Q-9XMA'))
  it('gives its code back', () => expect(codeInFragment('pair=7K3Q-9XMA')).toBe('7K3Q-9XMA'))
  it('is no other fragment', () => expect([codeInFragment('content'), codeInFragment(null)]).toEqual([null, null]))
})
