import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  readonly registry: Registry
  /** `route` is the pattern from the route table, never an address with an id. */
  served(route: string, method: string, status: number, seconds: number): void
  delivered(channel: string, outcome: 'sent' | 'again' | 'failed'): void
  /** Asked when the numbers are read; absent when it cannot be answered then. */
  measure(name: string, help: string, label: string, read: () => Promise<Record<string, number>>): void
}

export function openMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const latency = new Histogram({
    name: 'http_request_seconds',
    help: 'Time to answer, by route of the route table',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  const deliveries = new Counter({
    name: 'messages_delivered_total',
    help: 'Messages handed to their channel, by outcome',
    labelNames: ['channel', 'outcome'],
    registers: [registry],
  })
  return {
    registry,
    served: (route, method, status, seconds) =>
      latency.observe({ route, method, status: String(status) }, seconds),
    delivered: (channel, outcome) => deliveries.inc({ channel, outcome }),
    measure(name, help, label, read) {
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers: [registry],
        async collect() {
          this.reset()
          // What cannot be read now is absent; it does not take the other numbers with it.
          const now = await read().catch(() => ({}))
          for (const [key, value] of Object.entries(now)) this.set({ [label]: key }, value)
        },
      })
    },
  }
}
