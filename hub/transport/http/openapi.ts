/** The description of the interface for programs, OpenAPI 3.1, made from the routes themselves. */
import type { Json } from '#shared/kernel/json.ts'
import type { ApiRoute } from './api-route.ts'
import { entriesOf, isOptional, jsonSchema } from './json-schema.ts'

const PROBLEM: Json = {
  type: 'object',
  properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' }, detail: { type: 'string' } },
  required: ['type', 'title', 'status', 'code'],
}
const ABOUT = 'Figures, feedback and more of one store, for programs. Every figure carries the number of its answers, a 95 % interval and the devices whose answers are missing; nothing is told about fewer than five answers. Tokens are made by a manager.'

export const openApi = (routes: readonly ApiRoute[]): Json => ({
  openapi: '3.1.0',
  info: { title: 'Einklang', version: '1', description: ABOUT },
  servers: [{ url: '/' }],
  paths: Object.fromEntries([...Map.groupBy(routes, ({ path }) => path)].map(([path, same]) => [path, Object.fromEntries(same.map((route) => [route.method.toLowerCase(), operation(route)]))])),
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: { Problem: PROBLEM },
    responses: { Problem: { description: 'Why it was not answered (RFC 9457)', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
  },
})

const operation = (route: ApiRoute): Json => ({
  operationId: `${route.method.toLowerCase()}${route.path.slice('/api/v1'.length).replaceAll(/\/(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
  summary: route.summary,
  security: route.scope === null ? [] : [{ token: route.scope === 'any' || route.scope === 'board' ? [] : [route.scope] }],
  ...(route.query && { parameters: parametersOf(route.query) }),
  ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body) } } } }),
  responses: {
    '200': { description: 'The answer', content: route.reply ? { 'application/json': { schema: jsonSchema(route.reply) } } : { 'text/csv': { schema: { type: 'string' } } } },
    ...(route.method === 'GET' && route.reply && { '304': { description: 'Nothing has changed since the ETag that was given' } }),
    default: { $ref: '#/components/responses/Problem' },
  },
})

const parametersOf = (query: unknown): Json => Object.entries(entriesOf(query)).map(([name, schema]) => ({ name, in: 'query', required: !isOptional(schema), schema: jsonSchema(schema) }))
