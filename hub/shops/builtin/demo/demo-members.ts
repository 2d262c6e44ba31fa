/** Members of the demo shop's loyalty club: known to the web shop alone, never sent to a device. */

export type DemoMember = {
  /** As printed on the card. */
  readonly number: string
  readonly groups: readonly string[]
  /** Day and month only, `MM-DD`. */
  readonly birthday: string
}

export const DEMO_MEMBERS: readonly DemoMember[] = [
  { number: '10001', groups: ['lindenfreunde'], birthday: '01-17' },
  { number: '10002', groups: ['lindenfreunde'], birthday: '04-02' },
  { number: '10003', groups: ['lindenfreunde'], birthday: '06-24' },
  { number: '10004', groups: ['lindenfreunde'], birthday: '09-09' },
  { number: '10005', groups: ['lindenfreunde'], birthday: '11-22' },
  { number: '10006', groups: ['lindenfreunde'], birthday: '02-29' },
]
