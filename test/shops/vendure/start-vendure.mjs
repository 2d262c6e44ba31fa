/**
 * A Vendure on a free port of this machine, in memory: gone when it ends. It prints one JSON line when it listens and ends with SIGTERM.
 *   node start-vendure.mjs [--order-tax]
 * It runs as a process of its own and is spoken to over HTTP; nothing of it is part of the product.
 */

// It reports to its makers unless it is told not to, and is asked as it loads.
process.env.VENDURE_DISABLE_TELEMETRY = 'true'
const { default: vendure } = await import('@vendure/core')

const { bootstrap, DefaultLogger, defaultPromotionConditions, dummyPaymentHandler, JobQueueService, LogLevel, OrderLevelTaxCalculationStrategy, PromotionCondition } = vendure

/** What a plugin adds to a shop: nobody outside can know what it means. */
const fullMoon = new PromotionCondition({
  code: 'full_moon',
  description: [{ languageCode: 'en', value: 'At full moon' }],
  args: {},
  check: () => true,
})

const seconds = Number.parseInt(process.env.VENDURE_END_AFTER_S ?? '900', 10)

const app = await bootstrap({
  apiOptions: { port: 0, hostname: '127.0.0.1', adminApiPath: 'admin-api', shopApiPath: 'shop-api', channelTokenKey: 'vendure-token' },
  authOptions: { tokenMethod: ['bearer'], superadminCredentials: { identifier: 'superadmin', password: process.env.VENDURE_PASSWORD ?? 'superadmin' }, requireVerification: false },
  dbConnectionOptions: { type: 'sqljs', autoSave: false, synchronize: true, logging: false },
  entityOptions: { channelCacheTtl: 500, zoneCacheTtl: 500, taxRateCacheTtl: 500 },
  logger: new DefaultLogger({ level: LogLevel.Error, timestamp: false }),
  // As the guide says: which basket of the store it was.
  customFields: { Order: [{ name: 'handoff', type: 'string', nullable: true }] },
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  promotionOptions: { promotionConditions: [...defaultPromotionConditions, fullMoon] },
  taxOptions: process.argv.includes('--order-tax') ? { orderTaxCalculationStrategy: new OrderLevelTaxCalculationStrategy() } : {},
})
await app.get(JobQueueService).start()
process.stdout.write(`${JSON.stringify({ ready: true, port: app.getHttpServer().address().port })}\n`)

const end = () => process.exit(0)
process.on('SIGTERM', end)
process.on('SIGINT', end)
// Whoever started it may be gone: nobody leaves a shop running for good.
process.stdin.on('end', end).resume()
setTimeout(end, seconds * 1000).unref()
