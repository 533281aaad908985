import { expect, test } from 'vitest'
import { aNetwork } from '#tests/network.ts'
import { answers } from './for-tests.ts'

test('LOOP-1 a visitor registers on the web without an account, checks the answers and gets a receipt', async () => {
  const network = await aNetwork()
  const { visitor, slug } = network
  const check = await answers(network, visitor)
  expect(check.h1).toBe('Check your answers')
  expect(check.text).toContain('Ann Newcomer')
  const received = await check.press('Send')
  expect(received.h1).toBe('Thank you')
  expect(received.text).toContain('201')
  expect(received.text).toContain('by 16 June 2026')
  const told = await network.inNetwork(tx =>
    tx.selectFrom('message').selectAll().where('kind', '=', 'registered').execute(),
  )
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({ address: 'ann.newcomer@example.org', channel: 'email', state: 'waiting' })
  expect(told[0]!.body).toContain('201')
  expect(told[0]!.body).not.toContain('Large print')
  // What was typed is gone from this device.
  expect((await visitor.reads(`/${slug}/register`)).hasLink('Start')).toBe(true)
})

test('LOOP-1 the way back, a change and a reload keep what was written; another device sees nothing', async () => {
  const network = await aNetwork()
  const { visitor, slug } = network
  const check = await answers(network, visitor)
  const channel = await check.follow('Change how we reach you')
  expect(channel.valueOf('By e-mail')).toBe('chosen')
  const contact = await channel.choose('By phone: you ring me').press('Continue')
  expect(contact.h1).toBe('What number shall we ring?')
  const again = await contact.fill('What number shall we ring?', '0121 496 0123').press('Continue')
  expect(again.h1).toBe('Check your answers')
  expect(again.text).toContain('0121 496 0123')
  expect(again.text).not.toContain('ann.newcomer')
  const words = await (await (await again.follow('Back')).follow('Back')).follow('Back')
  expect(words.valueOf('Would you like to tell us something about yourself?')).toBe('My son has many scans.')
  expect((await visitor.reads(`/${slug}/register/name`)).valueOf('What is your name?')).toBe('Ann Newcomer')
  const start = await visitor.reads(`/${slug}/register`)
  expect(start.hasLink('Carry on')).toBe(true)
  expect((await network.stranger.reads(`/${slug}/register`)).hasLink('Carry on')).toBe(false)
  // In another network the same cookie opens nothing.
  expect((await visitor.reads(`/${network.otherSlug}/register`)).hasLink('Carry on')).toBe(false)
  expect((await start.press('Delete what I wrote')).hasLink('Start')).toBe(true)
  const left = await network.inNetwork(tx => tx.selectFrom('application_draft').selectAll().execute())
  expect(left).toEqual([])
})
