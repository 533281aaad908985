// In the room of a meeting: when the server says that something has changed, the page's main part is fetched anew.
// Without this script the page comes anew by itself every few seconds.

const room = document.querySelector('[data-changes]')

if (room) {
  let shown = room.dataset.version
  const changes = new EventSource(room.dataset.changes)
  changes.addEventListener('message', async ({ data }) => {
    if (data === shown) return
    const answer = await fetch(location.href)
    if (!answer.ok) return location.reload()
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const next = page.querySelector('main')
    const main = document.querySelector('main')
    if (!next || !main) return
    // Whoever is on a button stays on it, and what was unfolded stays unfolded.
    const at = document.activeElement
    const place = at && main.contains(at) ? [at.name ?? '', at.value ?? '', at.textContent] : undefined
    const open = [...main.querySelectorAll('details')].map(each => each.open)
    main.replaceChildren(...next.childNodes)
    main.querySelectorAll('details').forEach((each, n) => {
      each.open = open[n] ?? false
    })
    if (place) {
      const same = [...main.querySelectorAll('a, button, summary')].find(
        each =>
          (each.name ?? '') === place[0] && (each.value ?? '') === place[1] && each.textContent === place[2],
      )
      same?.focus({ preventScroll: true })
    }
    shown = data
  })
}
