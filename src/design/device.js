// Keeps what is being written on this device until it is sent, and shows on the app's icon how much waits. What is kept is
// sealed with a key that only this person's own pages bring: nobody else who opens this browser can read it. Without this
// script every page does the same work, and the server keeps what was written where it can.

const brought = document.querySelector('[data-device]')
const { mark, key, sent, needs } = brought.dataset
const place = 'loop-kept:'
const daysKept = 30
const mostVersions = 3

const all = () => Object.keys(localStorage).filter(each => each.startsWith(place))
const forget = which => {
  for (const each of all().filter(which)) localStorage.removeItem(each)
}

// What was sent is not kept; whoever signs out leaves nothing behind, and nor does whoever was here before.
if (sent === 'all') forget(() => true)
if (mark) {
  forget(each => !each.startsWith(place + mark))
  if (sent) forget(each => each === `${place}${mark}:${sent}`)
}
if (sent === 'all') navigator.clearAppBadge?.().catch(() => {})
else if (needs) {
  if (needs === '0') navigator.clearAppBadge?.().catch(() => {})
  else navigator.setAppBadge?.(Number(needs)).catch(() => {})
}

const bytes = text =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), each => each.charCodeAt(0))
const text = buffer => {
  let letters = ''
  for (const byte of new Uint8Array(buffer)) letters += String.fromCharCode(byte)
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
const utf8 = new TextEncoder()

/** Seals and opens what is kept for this person. Browsers have it on safe addresses only: elsewhere nothing is kept. */
async function openSafe() {
  const secret = await crypto.subtle.importKey('raw', bytes(key), 'AES-GCM', false, ['encrypt', 'decrypt'])
  return {
    async nameOf(address) {
      const hash = await crypto.subtle.digest('SHA-256', utf8.encode(`${key} ${address}`))
      return text(hash).slice(0, 32)
    },
    async put(name, versions) {
      const at = `${place}${mark}:${name}`
      if (versions.length === 0) return localStorage.removeItem(at)
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const words = utf8.encode(JSON.stringify(versions))
      const shut = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, secret, words)
      localStorage.setItem(at, `${text(iv)}.${text(shut)}`)
    },
    async get(name) {
      try {
        const [iv, shut] = localStorage.getItem(`${place}${mark}:${name}`).split('.').map(bytes)
        const words = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, secret, shut)
        const oldest = Date.now() - daysKept * 86_400_000
        return JSON.parse(new TextDecoder().decode(words)).filter(each => each.at > oldest)
      } catch {
        return []
      }
    },
  }
}

const isChoice = field => field.type === 'radio' || field.type === 'checkbox'
const isWords = field =>
  field.localName === 'textarea' || (field.localName === 'input' && field.type === 'text')
const fieldsOf = form =>
  [...form.elements].filter(
    each =>
      each.name &&
      !each.name.startsWith('_') &&
      (isWords(each) || isChoice(each) || each.localName === 'select'),
  )
const marksOf = form =>
  [...form.elements]
    .filter(each => each.type === 'hidden' && !each.name.startsWith('_'))
    .map(each => [each.name, each.value])
const standing = field => (isChoice(field) ? field.checked : field.value)
const asItCame = field => {
  if (isChoice(field)) return field.defaultChecked
  if (field.localName !== 'select') return field.defaultValue
  return ([...field.options].find(each => each.defaultSelected) ?? field.options[0])?.value ?? ''
}
/** What stands in the form: each field by its name, and a choice by its value too. */
const read = (form, value) =>
  Object.fromEntries(
    fieldsOf(form).map(each => [isChoice(each) ? `${each.name}=${each.value}` : each.name, value(each)]),
  )
const same = (one, other) => Object.keys(one).every(each => one[each] === (other[each] ?? one[each]))

const inWords = at => {
  const how = options =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', ...options }).format(at)
  const hour = how({ hour: 'numeric', minute: '2-digit', hour12: true }).replace(/\s/g, '').replace(':00', '')
  return `${how({ day: 'numeric', month: 'long' })} at ${hour}`
}

const words = brought.content

async function keep(form, safe) {
  const address = new URL(form.getAttribute('action') ?? '', location.href).pathname
  const name = await safe.nameOf(JSON.stringify([address, marksOf(form)]))
  const before = read(form, asItCame)
  const stored = await safe.get(name)
  /** What is being written now; what was written at another time stays beside it until its writer has decided. */
  let current = stored.find(each => same(read(form, standing), each.values))
  let versions = stored.filter(each => each !== current)
  let back
  let waits
  let said

  const say = which => {
    said ??= words.querySelector('[role=status]').cloneNode(false)
    const message = words.querySelector(`[data-say=${which}]`).textContent
    if (!said.isConnected) form.querySelector('.nhsuk-button-group, button[type=submit]').before(said)
    // Once it stands there: what is in a new part from its beginning is not read out.
    setTimeout(() => {
      said.textContent = message
    }, 50)
  }

  const save = async () => {
    clearTimeout(waits)
    const values = read(form, standing)
    const typed = fieldsOf(form).some(
      each => isWords(each) && each.value.trim() !== '' && each.value !== asItCame(each),
    )
    // Other words than those that were sent under a mark have no mark yet.
    const unchanged = current && same(values, current.values)
    if (typed && !unchanged) current = { at: current?.at ?? Date.now(), values }
    // What the server brought back after a mistake stays kept as it was.
    else if (!typed && !unchanged) current = undefined
    try {
      await safe.put(name, [...(current ? [current] : []), ...versions].slice(0, mostVersions))
      return current !== undefined
    } catch {
      say('full')
      return false
    }
  }

  const putBack = version => {
    for (const field of fieldsOf(form)) {
      const kept = version.values[isChoice(field) ? `${field.name}=${field.value}` : field.name]
      if (kept === undefined || kept === standing(field)) continue
      const untouched = standing(field) === asItCame(field)
      if (isChoice(field) && untouched) field.checked = kept
      else if (!isChoice(field) && untouched) field.value = kept
      // What was typed since stays; what was kept stands below it.
      else if (field.localName === 'textarea' && kept.trim()) field.value = `${field.value}\n\n${kept}`
      field.dispatchEvent(new Event('change', { bubbles: true }))
    }
    if (version.key) back = { key: version.key, values: read(form, standing) }
  }

  for (const version of versions) {
    const offer = words.querySelector('section').cloneNode(true)
    offer.querySelector('[data-at]').textContent = inWords(version.at)
    form.before(offer)
    offer.addEventListener('click', async event => {
      const wish = event.target.closest('button')?.dataset.do
      if (!wish) return
      versions = versions.filter(each => each !== version)
      if (wish === 'back') putBack(version)
      await save()
      const next = offer.nextElementSibling?.querySelector('button') ?? form.querySelector('textarea')
      offer.remove()
      next.focus()
      say(wish === 'back' ? 'back' : 'deleted')
    })
  }

  form.addEventListener('input', () => {
    clearTimeout(waits)
    waits = setTimeout(save, 250)
  })
  form.addEventListener('change', save)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save()
  })
  form.addEventListener('submit', event => {
    if (!navigator.onLine) {
      event.preventDefault()
      save().then(() => say('unsent'))
      return
    }
    const own = form.elements.namedItem('_key')
    // Sent before, and the answer was lost: the same words under the same mark are not taken twice.
    if (back && own && same(back.values, read(form, standing))) own.value = back.key
    if (current && own) current.key = own.value
    save()
    let told = form.elements.namedItem('_kept')
    if (!told) {
      told = Object.assign(document.createElement('input'), { type: 'hidden', name: '_kept' })
      form.append(told)
    }
    told.value = name
  })
  if (!same(before, read(form, standing))) save()
  addEventListener('offline', () => save().then(() => say('offline')))
  addEventListener('online', () => say('online'))
  if (!navigator.onLine) say('offline')
}

const forms = [...document.querySelectorAll('main form[data-keep]')].filter(each =>
  each.querySelector('textarea'),
)
if (key && forms.length > 0 && globalThis.crypto?.subtle) {
  const safe = await openSafe()
  for (const form of forms) await keep(form, safe)
}
