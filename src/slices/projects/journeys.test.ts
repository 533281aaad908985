import { beforeAll, expect, test } from 'vitest'
import { askTogether } from '#platform/database/questions.ts'
import { doingAs } from '#slices/chair-requests/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { leavingProjects, projectsHeld } from './index.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

test('PEOPLE-11 a project from the idea to what changed, with who of each kind takes part since when', async () => {
  const { coordinator, volunteer, sigChair, boardMember, slug } = network
  const empty = await (await coordinator.reads(`/${slug}/projects/new`)).press('Begin it')
  expect(empty.errors).toEqual(['Give it a short title', 'Say what it is about', 'Choose who leads it'])
  const begun = await empty
    .fill('A short title', 'Quiet hours')
    .fill('What is it about?', 'An hour a week without noise in the waiting room.')
    .fill('Which of our priorities is it for?', 'Training staff')
    .fill('Who leads it?', 'Sid Chair')
    .press('Begin it')
  expect(begun.h1).toBe('Quiet hours')
  expect(begun.text).toContain('Nobody yet')
  const { path } = begun

  // The lead brings people in; without patients no stage begins, unless the reason stays on the page.
  const bring = async (name: string, kind: string) =>
    await (await sigChair.reads(`${path}/people`)).fill('Who?', name).choose(kind).press('Bring them in')
  await bring('Sid Chair', 'Clinicians')
  await bring('Mo Member', 'Managers')
  const stage = await sigChair.reads(`${path}/stage`)
  const refused = await stage.choose('Plan').press('Begin it')
  expect(refused.status).toBe(422)
  expect(refused.errors).toEqual([
    'No patients and carers take part yet. Bring somebody in, or say why the stage begins without them',
  ])
  const planned = await refused
    .fill('Why does it begin without patients and carers?', 'We ask in the waiting room next week.')
    .press('Begin it')
  expect(planned.text).toContain('Began without patients and carers.')

  // A volunteer asks to take part and is brought in.
  const seen = await volunteer.reads(path)
  expect(seen.text).toContain('We ask in the waiting room next week.')
  expect(seen.hasLink('Begin the next stage')).toBe(false)
  await seen.press('I would like to take part')
  expect((await sigChair.wasTold()).at(-1)!.body).toContain('Vera Volunteer would like to take part')
  const withHer = await bring('Vera Volunteer', 'Patients and carers')
  expect(withHer.text).toContain('Vera Volunteer, since stage: Plan')
  expect((await volunteer.wasTold()).at(-1)!.subject).toContain('you take part in Quiet hours')
  await (await sigChair.reads(`${path}/decision`))
    .fill('What was decided, and why?', 'Tuesdays at nine, because it is calm then.')
    .choose('Patients and carers')
    .choose('Clinicians')
    .press('Save and tell everybody in it')
  expect((await volunteer.wasTold()).at(-1)!.body).toContain('Tuesdays at nine')
  for (const next of ['Do', 'Check', 'Share'])
    await (await sigChair.reads(`${path}/stage`)).choose(next).press('Begin it')
  const tooEarly = await (await sigChair.reads(`${path}/stage`)).choose('The project ends').press('Begin it')
  expect(tooEarly.errors).toEqual(['Write down what changed first, even if nothing did'])
  await (await sigChair.reads(`${path}/change`))
    .fill('What changed?', 'Every Tuesday is quiet now, in three hospitals.')
    .press('Save and tell everybody in it')
  await (await sigChair.reads(`${path}/stage`)).choose('The project ends').press('Begin it')
  const ended = await boardMember.reads(path)
  expect(ended.text).toContain('This project has ended')
  expect(ended.text).toContain('Decided together with patients and carers, clinicians.')
  // The reason is still there at the end.
  expect(ended.text).toContain('We ask in the waiting room next week.')
  expect((await volunteer.reads(`/${slug}/projects?show=ended`)).text).toContain('Quiet hours')
})

test('PEOPLE-11 who may: a stranger, a visitor and an applicant find nothing, a volunteer changes nothing', async () => {
  const { slug, volunteer } = network
  const path = `/${slug}/projects/letters`
  expect((await volunteer.reads(path)).text).toContain('Letters people can read.')
  for (const other of [network.stranger, network.applicant, network.visitor, network.administrator])
    for (const at of [path, `/${slug}/projects`]) expect((await other.opens(at)).status).toBe(404)
  for (const step of ['stage', 'people', 'leave', 'decision', 'change', 'about'])
    expect((await volunteer.opens(`${path}/${step}`)).status).toBe(404)
  expect((await volunteer.opens(`/${slug}/projects/new`)).status).toBe(404)
  expect((await network.boardChair.reads(`/${slug}/projects/new`)).h1).toBe('Begin a project')
  expect((await volunteer.opens(`/${slug}/projects/nothing-here`)).status).toBe(404)
})

test('PEOPLE-14 PEOPLE-11 a Trust’s contact sees that patients take part, not who', async () => {
  const { trustContact, slug, volunteer } = network
  const { path } = await volunteer.reads(`/${slug}/projects/quiet-hours`)
  expect((await volunteer.reads(path)).text).toContain('Vera Volunteer, since stage')
  const seen = await trustContact.reads(path)
  expect(seen.text).toContain('Somebody, since stage: Plan')
  expect(seen.text).toContain('Sid Chair')
  expect(seen.html).not.toContain('Vera')
})

test('PEOPLE-11 PEOPLE-16 who leaves is not named any more; that somebody took part stays', async () => {
  const { coordinator, secondVolunteer, slug } = network
  const path = `/${slug}/projects/letters`
  await (await coordinator.reads(`${path}/people`))
    .fill('Who?', 'Sam Second')
    .choose('Patients and carers')
    .press('Bring them in')
  const held = await network.inNetwork(tx => askTogether(tx, projectsHeld(secondVolunteer.id)))
  expect(held[0]?.rows).toEqual([
    expect.objectContaining({ Project: 'Better letters', As: 'patients and carers', 'Since stage': 'Idea' }),
  ])
  await doingAs(network, coordinator, doing =>
    leavingProjects.leave(doing, secondVolunteer.id, { answersWanted: false, views: 'as-they-are' }),
  )
  const page = await coordinator.reads(path)
  expect(page.text).not.toContain('Sam Second')
  expect(page.text).toContain('Somebody who has left, since stage: Idea')
})

test('PEOPLE-11 projects with the same title, also beside one that ends in a number, each get an address of their own', async () => {
  const { coordinator, slug } = network
  const paths: string[] = []
  for (const title of ['Warm room', 'Warm room 3', 'Warm room', 'Warm room']) {
    const begun = await (await coordinator.reads(`/${slug}/projects/new`))
      .fill('A short title', title)
      .fill('What is it about?', 'A blanket.')
      .fill('Who leads it?', 'Sid Chair')
      .press('Begin it')
    paths.push(begun.path.split('/').at(-1)!)
  }
  expect(paths).toEqual(['warm-room', 'warm-room-3', 'warm-room-2', 'warm-room-4'])
})
