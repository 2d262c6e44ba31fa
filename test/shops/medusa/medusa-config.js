/** A Medusa without dashboard and without any service beside it: its modules keep what they need in memory. */
const { defineConfig } = require('@medusajs/framework/utils')

module.exports = defineConfig({
  admin: { disable: true },
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { connection: { ssl: false } },
    http: { storeCors: '', adminCors: '', authCors: '', jwtSecret: process.env.MEDUSA_SECRET, cookieSecret: process.env.MEDUSA_SECRET },
  },
})
