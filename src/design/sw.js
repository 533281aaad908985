// Shows that something waits, and opens the page behind the sign-in when it is chosen. It keeps no page and no word of
// anybody: when there is no connection, it says so in words of its own.

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))

self.addEventListener('push', event => {
  const {
    title = 'Closing the Loop',
    body = 'There is something new for you.',
    to = '/',
    needs,
  } = read(event.data)
  event.waitUntil(
    Promise.all([
      // One at a time: a newer one takes the place of the one before.
      self.registration.showNotification(title, { body, tag: to, lang: 'en-GB', data: { to } }),
      count(needs),
    ]),
  )
})

self.addEventListener('notificationclick', event => {
  event.notification.close()
  // Only to an address of this service.
  const to = new URL(event.notification.data?.to ?? '/', self.location.origin)
  if (to.origin === self.location.origin) event.waitUntil(self.clients.openWindow(to.href))
})

self.addEventListener('fetch', event => {
  if (event.request.mode !== 'navigate' || event.request.method !== 'GET') return
  event.respondWith(fetch(event.request).catch(withoutConnection))
})

function read(data) {
  try {
    return data?.json() ?? {}
  } catch {
    return {}
  }
}

async function count(needs) {
  if (!Number.isInteger(needs)) return
  try {
    if (needs > 0) await navigator.setAppBadge?.(needs)
    else await navigator.clearAppBadge?.()
  } catch {
    // Where an icon shows no number, the notification is enough.
  }
}

function withoutConnection() {
  const words = `<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>You are not connected</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<main><h1>You are not connected</h1>
<p>This page needs the internet, and your device cannot reach it now. Nothing is lost.</p>
<p>What you were writing is kept on this device. When you are connected again, load this page again.</p></main>`
  return new Response(words, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'cache-control': 'no-store',
    },
  })
}
