/** Every act that the audit log knows, by its name. What is not listed cannot be written down; a new act is a line here and its words on the manager's page. */

export const AUDIT_ACTS = [
  'alarm.settings',
  'audit.aged',
  'audit.cut',
  'audit.exported',
  'backup.restored',
  'case.changed',
  'case.closed',
  'case.opened',
  'case.overdue',
  'case.team',
  'contact.opened',
  'device.code',
  'device.copied',
  'device.forged',
  'device.paired',
  'device.profile',
  'device.refused',
  'device.revoked',
  'feedback.erased',
  'feedback.exported',
  'hub.redriven',
  'improvement.closed',
  'improvement.planned',
  'improvement.told',
  'offer.left',
  'offer.lifted',
  'parity.closed',
  'person.added',
  'person.changed',
  'person.code',
  'person.password',
  'person.pin',
  'person.removed',
  'policy.changed',
  'receipt.answered',
  'receipt.erased',
  'receipt.moved',
  'release.published',
  'retention.ran',
  'session.ended',
  'session.failed',
  'session.locked',
  'session.opened',
  'wall.published',
] as const

/** One kind of act; in the order of the alphabet, as people look for it. */
export type AuditAct = (typeof AUDIT_ACTS)[number]

/** Who acts without being a person with a name: the hub itself, a command on its machine, a shopper with a receipt, and whoever gave a wrong password. */
export const NAMELESS = ['hub', 'console', 'shopper', 'unknown'] as const
