// Keeps what is being written on this device until it is sent, and shows on the app's icon how much waits. What is kept is
// sealed with a key that only this person's own pages bring: nobody else who opens this browser can read it. Without this
// script every page does the same work, and the server keeps what was written where it can. A visitor has no key: their words
// stay in this tab alone, for two hours at most.

const brought = document.querySelector('[data-device]')
const { mark, key, sent, needs } = brought.dataset
const place = 'loop-kept:'
const day = 86_400_000
const timeKept = key ? 30 * day : day / 12
const mostVersions = 3

/** This device for somebody who is signed in; for a visitor this tab. */
const store = mark ? localStorage : sessionStorage
const own = `${place}${mark ?? ''}:`
const forget = (where, which) => {
  for (const each of Object.keys(where)) if (each.startsWith(place) && which(each)) where.removeItem(each)
}

// What was sent is not kept; whoever signs out leaves nothing behind, and nor does whoever was here before.
if (sent === 'all') forget(localStorage, () => true)
if (sent === 'all' || mark) forget(sessionStorage, () => true)
if (mark) forget(localStorage, each => !each.startsWith(own))
if (sent) store.removeItem(own + sent)
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
  const secret =
    key && (await crypto.subtle.importKey('raw', bytes(key), 'AES-GCM', false, ['encrypt', 'decrypt']))
  const shut = async words => {
    if (!secret) return words
    const iv = crypto.getRandomValues(new Uint8Array(12))
    return `${text(iv)}.${text(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, secret, utf8.encode(words)))}`
  }
  const open = async kept => {
    if (!secret) return kept
    const [iv, words] = kept.split('.').map(bytes)
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, secret, words))
  }
  return {
    async nameOf(address) {
      const hash = await crypto.subtle.digest('SHA-256', utf8.encode(`${key} ${address}`))
      return text(hash).slice(0, 32)
    },
    async put(name, versions) {
      if (versions.length === 0) store.removeItem(own + name)
      else store.setItem(own + name, await shut(JSON.stringify(versions)))
    },
    async get(name) {
      try {
        const versions = JSON.parse(await open(store.getItem(own + name)))
        return versions.filter(each => each.at > Date.now() - timeKept)
      } catch {
        // Nothing is kept, or what is kept opens with another key.
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
    const once = form.elements.namedItem('_key')
    // Sent before, and the answer was lost: the same words under the same mark are not taken twice.
    if (back && once && same(back.values, read(form, standing))) once.value = back.key
    if (current && once) current.key = once.value
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
if (forms.length > 0 && globalThis.crypto?.subtle) {
  const safe = await openSafe()
  for (const form of forms) await keep(form, safe)
}
