import { expect, test } from 'vitest'
import type { Settings } from '#platform/settings.ts'
import { listen } from './http-server.ts'

test('BOARD-20 a page that listens for changes does not hold up a stop', async () => {
  const listening = await listen({ host: '127.0.0.1', port: 0, trustProxy: false } as Settings)
  let gone = false
  listening.answerWith(
    () =>
      new Response(
        new ReadableStream({
          start: controller => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
          cancel: () => {
            gone = true
          },
        }),
        { headers: { 'content-type': 'text/event-stream' } },
      ),
  )
  const answer = await fetch(`http://127.0.0.1:${listening.port}`, {
    headers: { accept: 'text/event-stream' },
  })
  const reader = answer.body!.getReader()
  await reader.read()
  const from = performance.now()
  const cut = expect(reader.read()).rejects.toThrow()
  await listening.close()
  await cut
  expect(performance.now() - from).toBeLessThan(5_000)
  expect(gone).toBe(true)
})
