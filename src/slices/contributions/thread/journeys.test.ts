import { expect, test } from 'vitest'
import { aNetwork } from '#tests/network.ts'
import { states } from '../contribution.ts'
import { aContribution } from '../for-tests.ts'

test('LOOP-15 one page in every state, for whoever may see it and for nobody else', async () => {
  const network = await aNetwork()
  const { volunteer, boardMember, coordinator, stranger, visitor, administrator, sigMember } = network
  for (const state of states) {
    const view = await aContribution(network, { by: volunteer, state })
    expect(await view.state()).toBe(state)
    for (const reader of [volunteer, coordinator]) {
      const page = await reader.reads(view.path)
      expect(page.text).toContain(view.reference)
      expect(page.text).toContain('Documented')
    }
    for (const nobody of [stranger, administrator, sigMember]) {
      const gone = await nobody.opens(view.path)
      expect(gone.status).toBe(404)
      expect(gone.html).toBe((await nobody.opens(`/${network.slug}/contributions/C-999999`)).html)
    }
    expect((await visitor.opens(view.path)).status).toBe(404)
    if (state !== 'received' && state !== 'needs-you' && state !== 'withdrawn') {
      expect((await boardMember.reads(view.path)).text).toContain('C-')
    }
  }
})
