// A page asks a passkey's question in `data-question`; the browser's answer goes into the
// form's hidden field and the form is sent as if a person had filled it in. Nothing else is asked of the server.

const toBytes = text =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), each => each.charCodeAt(0))
const toText = bytes =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
const known = list => (list ?? []).map(each => ({ ...each, id: toBytes(each.id) }))

async function make(question) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...question,
      challenge: toBytes(question.challenge),
      user: { ...question.user, id: toBytes(question.user.id) },
      excludeCredentials: known(question.excludeCredentials),
    },
  })
  return {
    ...whatItIs(made),
    response: {
      attestationObject: toText(made.response.attestationObject),
      clientDataJSON: toText(made.response.clientDataJSON),
      transports: made.response.getTransports?.() ?? [],
    },
  }
}

async function use(question) {
  const used = await navigator.credentials.get({
    publicKey: {
      ...question,
      challenge: toBytes(question.challenge),
      allowCredentials: known(question.allowCredentials),
    },
  })
  const { authenticatorData, clientDataJSON, signature, userHandle } = used.response
  return {
    ...whatItIs(used),
    response: {
      authenticatorData: toText(authenticatorData),
      clientDataJSON: toText(clientDataJSON),
      signature: toText(signature),
      ...(userHandle ? { userHandle: toText(userHandle) } : {}),
    },
  }
}

const whatItIs = credential => ({
  id: credential.id,
  rawId: toText(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
  clientExtensionResults: credential.getClientExtensionResults(),
})

for (const place of document.querySelectorAll('[data-question]')) {
  const form = place.querySelector('form')
  const question = JSON.parse(place.dataset.question)
  form.addEventListener('submit', async event => {
    event.preventDefault()
    try {
      const answer = await (place.dataset.passkey === 'make' ? make(question) : use(question))
      form.elements.namedItem('answer').value = JSON.stringify(answer)
    } catch (error) {
      form.elements.namedItem('problem').value = error.name
    }
    form.submit()
  })
}
