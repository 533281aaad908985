import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'
import { freshKey, freshMark, type Recording } from './recording.ts'

// The yardstick: the same SQL, with the begin and the commit as they were sent, answered as JSON, and nothing else.

const [recordingsFile = '', databaseUrl = ''] = process.argv.slice(2)
const recordings = JSON.parse(readFileSync(recordingsFile, 'utf8')) as Record<string, Recording[]>
const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 })
const app = new Hono()

app.all('/:kind/:number', async context => {
  const recording = recordings[context.req.param('kind')]?.[Number(context.req.param('number'))]
  if (!recording) return context.notFound()
  if (context.req.method === 'POST') await context.req.parseBody()
  const fresh = freshKey()
  const client = await pool.connect()
  try {
    let rows: unknown[] = []
    for (const { sql, parameters } of recording.statements) {
      const values = parameters.map(each =>
        typeof each === 'string' ? each.replaceAll(freshMark, fresh) : each,
      )
      rows = (await client.query(sql, values as unknown[])).rows
    }
    return context.json({ rows })
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
})

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, info =>
  console.log(`Ready: http://127.0.0.1:${info.port}`),
)
