/** The protocol's versions. A hub speaks this one and the one before, and older ones as long as nothing of them was taken away; a device speaks exactly one. */

export type ProtocolVersion = {
  readonly version: number
  /** Day from which hubs and devices speak it. */
  readonly since: string
  /** What changed, one sentence each. */
  readonly what: readonly string[]
  /**
   * Hash over the shapes of everything on the wire (`WIRE_SCHEMAS`); null for a version from before they were hashed.
   * A test compares the newest with the schemas: whoever changes one takes a step here.
   */
  readonly schemas: string | null
  /** Not in anybody's hands yet: it may still change, and its hash is then written anew. Absent: it never changes again. */
  readonly open?: true
}

/** Every version there was, oldest first. What one of them has recorded (`test/fixtures/protocol-N`) every later hub takes. */
export const PROTOCOL_HISTORY: readonly ProtocolVersion[] = [
  { version: 1, since: '2026-11-20', what: ['OUTBOX/1 up, REPLICA/1 down, calls and hints beside them'], schemas: null },
  {
    version: 2,
    since: '2026-11-22',
    what: [
      'releases are signed and may wait for their time; the hub names its publisher',
      'devices report refused and waiting releases, and offers that they cannot compute',
      'uses of limited offers are lent to devices, and named in hand-off codes',
      'managers ask for the review of the offers',
      'devices report that room runs short',
      'a device whose storage is gone gets back its key, which it had sealed to the hub',
      'devices report until when everything they recorded is confirmed; completeness and health of the hub can be asked for',
      'a batch holds up to 500 events and 256 kB, and four of them may be without an answer',
    ],
    schemas: '06d1fb1a1e2bd67d',
  },
  {
    version: 3,
    since: '2026-11-22',
    what: [
      'devices tell when the basket of a visit begins',
      'kiosks and tablets fetch a basket that a phone or a web page sent, by its six characters',
      'staff and managers read how prices of store and web shop compare, and leave an offer to the checkout',
      'a shop may take off nothing that is next to nothing, and find the cheapest article without tax',
      'managers read how many visits became orders, step by step',
      'a confirmation says of which life of the outbox it speaks',
    ],
    schemas: 'd96b4b86cc4e8225',
  },
  {
    version: 4,
    since: '2026-11-22',
    what: [
      'people sign in on devices of staff and managers; calls of staff and managers need a session on their connection, some of them a fresh password',
      'answers carry the hash of the receipt that the shopper has; managers say what becomes of them, and hear which are not held any more',
      'a device waits until somebody has compared the number that it shows; what a device is for is a document; the health of the hub tells when its certificate ends',
      'managers read the audit log, what is kept for how long, and take feedback along as a table; groups too small to be told are named',
    ],
    schemas: 'f23fb16042911ad1',
  },
  {
    version: 5,
    since: '2026-11-22',
    what: [
      'what a store listens to, understands and makes of it has calls of its own',
      'answers say on which of five ways they came, and what their response left open; managers read who answered at all, fold words away, and hang up signs for phones; more signs of play',
      'surveys ask in four smileys, rankings and matrices too, by any earlier answer, with a purpose, a budget, hours and a quota; answers say the language of the screen; managers write surveys, and let them live and rest',
      'managers make tokens for programs, boards and receivers of calls, and read the weekly letter',
      'alarms, cases and improvements are asked for and acted upon; what customers have brought about is a document',
      'what others bought too is a document, by item numbers and counts of baskets; managers read the figures behind it and decide about it',
      'managers read figures by every division, how they went, what drives them, and what comments are about; four smileys have a score',
      'baskets that were taken along have a period of their own; people see where they are signed in, and end it',
    ],
    schemas: '967a9f0722ba588f',
  },
]

export const PROTOCOL_VERSION = 5
/** Oldest version this hub still answers: since version 1 things were only added, and its corpus is tested with every hub. Older devices keep what they have, and fetch a newer app from this hub. */
export const OLDEST_PROTOCOL_VERSION = 1

export const isSpoken = (version: number, oldest = OLDEST_PROTOCOL_VERSION, newest = PROTOCOL_VERSION): boolean => version >= oldest && version <= newest
