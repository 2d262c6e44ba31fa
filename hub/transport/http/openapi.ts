/** The description of the interface for programs, OpenAPI 3.1, made from the routes themselves. */
import type { Json } from '#shared/kernel/json.ts'
import { TOLD_EVENTS } from '#shared/protocol/sharing.ts'
import { TOLD_DATA, TOLD_WORDS } from '#shared/protocol/told-calls.ts'
import type { ApiRoute } from './api-route.ts'
import { entriesOf, isOptional, jsonSchema } from './json-schema.ts'

const PROBLEM: Json = {
  type: 'object',
  properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' }, detail: { type: 'string' } },
  required: ['type', 'title', 'status', 'code'],
}
const ABOUT = 'Figures, feedback and more of one store, for programs. Every figure carries the number of its answers, a 95 % interval and the devices whose answers are missing; nothing is told about fewer than five answers. Tokens are made by a manager.'

const text = (description: string): Json => ({ description, schema: { type: 'string' } })
const problem = (description: string, headers?: Json): Json => ({ description, ...(headers !== undefined && { headers }), content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } })
const RESPONSES = {
  Problem: problem('Why it was not answered (RFC 9457)'),
  Unknown: problem('There is no token, or it does not count', { 'WWW-Authenticate': text('Bearer') }),
  Scope: problem('The token is for other things'),
  Busy: problem('Too many questions of this minute', { 'Retry-After': text('Seconds to wait') }),
} as const
const to = (name: keyof typeof RESPONSES): Json => ({ $ref: `#/components/responses/${name}` })

const SCHEMES = {
  token: { type: 'http', scheme: 'bearer', description: 'A token that a manager made on the page “Share”. What it needs to be for stands beside each call; where nothing stands, any token does.' },
  board: { type: 'http', scheme: 'bearer', description: 'What stands behind the # of a board’s link. It opens the board and nothing else.' },
} as const

export const openApi = (routes: readonly ApiRoute[]): Json => ({
  openapi: '3.1.0',
  info: { title: 'Einklang', version: '1', description: ABOUT },
  servers: [{ url: '/' }],
  paths: Object.fromEntries([...Map.groupBy(routes, ({ path }) => path)].map(([path, same]) => [path, Object.fromEntries(same.map((route) => [route.method.toLowerCase(), operation(route)]))])),
  webhooks: Object.fromEntries(TOLD_EVENTS.map((event) => [event, { post: told(event) }])),
  components: { securitySchemes: SCHEMES, schemas: { Problem: PROBLEM }, responses: RESPONSES },
})

const operation = (route: ApiRoute): Json => ({
  operationId: `${route.method.toLowerCase()}${route.path.slice('/api/v1'.length).replaceAll(/\/(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
  summary: route.summary,
  security: securityOf(route.scope),
  ...(route.query && { parameters: [...parametersOf(route.query), ...(isTagged(route) ? [TAG] : [])] }),
  ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body) } } } }),
  responses: {
    '200': {
      description: 'The answer',
      ...(isTagged(route) && { headers: { ETag: text('The name of what it says') } }),
      content: route.reply ? { 'application/json': { schema: jsonSchema(route.reply) } } : { 'text/csv': { schema: { type: 'string' } } },
    },
    ...(isTagged(route) && { '304': { description: 'Nothing has changed since the ETag that was given' } }),
    '400': to('Problem'),
    ...(route.scope !== null && { '401': to('Unknown'), '403': to('Scope') }),
    ...(route.body && { '413': to('Problem'), '415': to('Problem') }),
    '429': to('Busy'),
    default: to('Problem'),
  },
})

const securityOf = (scope: ApiRoute['scope']): Json => (scope === null ? [] : scope === 'board' ? [{ board: [] }] : [{ token: scope === 'any' ? [] : [scope] }])

/** Tables have no name: they are taken along, not watched. */
const isTagged = ({ method, reply }: ApiRoute): boolean => method === 'GET' && reply !== null
const TAG: Json = { name: 'If-None-Match', in: 'header', required: false, description: 'The ETag of the answer before', schema: { type: 'string' } }

/** A call to another program. Source  standardwebhooks.com 1.0. */
const told = (event: (typeof TOLD_EVENTS)[number]): Json => ({
  operationId: `told${event.replaceAll(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
  summary: TOLD_WORDS[event],
  security: [],
  parameters: Object.entries(TOLD_HEADERS).map(([name, description]) => ({ name, in: 'header', required: true, description, schema: { type: 'string' } })),
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: { type: 'object', properties: { type: { const: event }, timestamp: { type: 'string', format: 'date-time', description: 'When it happened' }, data: jsonSchema(TOLD_DATA[event]) }, required: ['type', 'timestamp', 'data'], additionalProperties: false },
      },
    },
  },
  responses: {
    '2XX': { description: 'Taken' },
    '410': { description: 'The receiver wants no more: this call does not come again' },
    default: { description: 'Not taken: it comes again, with the same id, for three days. Of 429 and 503 a Retry-After is kept to.' },
  },
})
const TOLD_HEADERS = {
  'webhook-id': 'The same at every try: keep those you have seen',
  'webhook-timestamp': 'Seconds since 1970, of this try: refuse what is older than five minutes',
  'webhook-signature': 'v1, and the base64 of HMAC-SHA256 over id.timestamp.body with the secret behind whsec_; while a secret is renewed two of them, with a space between',
}

const parametersOf = (query: unknown): readonly Json[] => Object.entries(entriesOf(query)).map(([name, schema]) => ({ name, in: 'query', required: !isOptional(schema), schema: jsonSchema(schema) }))
