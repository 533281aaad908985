// Asks the browser for an address at which this device can be told that something waits, and hands it to the form, which
// is sent as if a person had filled it in. Nothing is asked before somebody presses the button.

const bytes = text =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), each => each.charCodeAt(0))

async function reachHere(key) {
  if (!navigator.serviceWorker || !globalThis.PushManager || !globalThis.Notification) {
    throw Object.assign(new Error(), { name: 'unsupported' })
  }
  if ((await Notification.requestPermission()) !== 'granted')
    throw Object.assign(new Error(), { name: 'denied' })
  await navigator.serviceWorker.register('/sw.js')
  const { pushManager } = await navigator.serviceWorker.ready
  const options = { userVisibleOnly: true, applicationServerKey: bytes(key) }
  try {
    return await pushManager.subscribe(options)
  } catch (error) {
    // It was made with another key, before this service had a new one.
    const old = await pushManager.getSubscription()
    if (!old) throw error
    await old.unsubscribe()
    return await pushManager.subscribe(options)
  }
}

const place = document.querySelector('[data-push-key]')
const form = place?.querySelector('form')
form?.addEventListener('submit', async event => {
  event.preventDefault()
  const fill = (name, value) => {
    form.elements.namedItem(name).value = value
  }
  try {
    const { endpoint, keys } = (await reachHere(place.dataset.pushKey)).toJSON()
    fill('endpoint', endpoint)
    fill('p256dh', keys.p256dh)
    fill('auth', keys.auth)
  } catch (error) {
    fill('problem', error.name)
  }
  form.submit()
})
