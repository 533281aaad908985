import { beforeAll, expect, test } from 'vitest'
import { askTogether } from '#platform/database/questions.ts'
import { runDue } from '#platform/delivery/due.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { aTask, doingAs } from './for-tests.ts'
import { answerTask, finishTask } from './index.ts'
import { keptTasks, leavingTasks, tasksHeld } from './rights.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

test('PEOPLE-10 from asking to thanks: one is asked, says yes, does it and is thanked in own words', async () => {
  const { coordinator, volunteer, secondVolunteer, slug } = network
  const empty = await (await coordinator.reads(`/${slug}/tasks/new`)).press('Save the task')
  expect(empty.status).toBe(422)
  expect(empty.errors).toEqual([
    'Give it a short title',
    'Say what there is to do',
    'Choose how much time it takes',
    'Say what they get for it',
    'Choose who can do it',
  ])
  const ask = await empty
    .fill('A short title', 'Read a letter before it goes out')
    .fill('What is there to do?', 'Say what is not clear in the new letter.')
    .fill('How much time does it take each person?', '2 hours')
    .fill('What do they get for it?', 'It goes out with your words in it.')
    .fill('Day', '19')
    .fill('Month', '6')
    .fill('Year', '2026')
    .choose('Only those whom I ask')
    .press('Save the task')
  expect(ask.h1).toBe('Whom do you want to ask?')
  expect(ask.text).toContain('Not asked in the last 12 months')
  expect((await ask.press('Ask them')).errors).toEqual(['Choose at least one person'])
  const task = await ask.choose('Vera Volunteer').press('Ask them')
  expect(task.text).toContain('Asked, no answer yet')

  const told = (await volunteer.wasTold()).at(-1)!
  expect(told.kind).toBe('task-asked')
  expect(told.body).toContain('Say what is not clear in the new letter.')
  expect(told.body).toContain('2 hours')
  expect(told.body).toContain('You can say no')

  // Asked of one: another volunteer and a stranger find nothing.
  expect((await secondVolunteer.opens(task.path)).status).toBe(404)
  expect((await network.stranger.opens(task.path)).status).toBe(404)
  expect((await network.applicant.opens(`/${slug}/tasks`)).status).toBe(404)
  expect((await network.administrator.opens(task.path)).status).toBe(404)

  const home = await volunteer.reads(`/${slug}/home`)
  const hers = await home.follow('Read a letter before it goes out')
  expect(hers.text).toContain('You do not have to say why')
  const accepted = await hers.press('Yes, I will do it')
  expect(accepted.text).toContain('You said yes. Thank you.')
  expect((await coordinator.wasTold()).at(-1)!.subject).toContain('Vera Volunteer says yes')
  const done = await accepted.fill('How did it go?', 'The second page was hard.').press('It is done')
  expect(done.text).toContain('You told us that it is done')

  const thanks = await (await coordinator.reads(`/${slug}/home`)).follow('Read a letter before it goes out')
  expect(thanks.h1).toBe('Thank Vera Volunteer')
  expect(thanks.text).toContain('The second page was hard.')
  expect((await thanks.press('Send your thanks')).errors).toEqual(['Write your thanks in your own words'])
  await thanks
    .fill('Your thanks, in your own words', 'We changed the whole second page.')
    .press('Send your thanks')
  expect((await volunteer.wasTold()).at(-1)!.body).toContain('We changed the whole second page.')
  const over = await volunteer.reads(done.path)
  expect(over.text).toContain('We changed the whole second page.')
  expect((await volunteer.reads(`/${slug}/tasks?show=over`)).text).toContain('Done and thanked')
})

test('PEOPLE-10 open to many: the last place is taken once, stepping back makes it free again', async () => {
  const { volunteer, secondVolunteer } = network
  const { path } = await aTask(network, { openTo: 'everyone', title: 'Greet people at the door' })
  const first = await volunteer.reads(path)
  const second = await secondVolunteer.reads(path)
  await first.press('Yes, I will do it')
  const late = await second.press('Yes, I will do it')
  expect(late.status).toBe(422)
  expect(late.errors).toEqual(['Enough people have said yes by now. Thank you for wanting to help'])
  await (await volunteer.reads(path)).press('I cannot do it after all')
  expect((await network.coordinator.wasTold()).at(-1)!.body).toContain('The place is free again')
  expect((await (await secondVolunteer.reads(path)).press('Yes, I will do it')).text).toContain(
    'You said yes',
  )
})

test('PEOPLE-10 a person with only a telephone: the team rings, writes down the answer, and it counts the same', async () => {
  const { coordinator, slug } = network
  const phone = await network.aPerson({
    name: 'Telly Phone',
    channel: 'phone',
    email: null,
    signsIn: false,
    memberships: [{ group: 'board', role: 'volunteer', lay: true }],
  })
  const { path, reference } = await aTask(network, { asks: [phone], title: 'Tell your story' })
  const call = (await phone.wasTold()).at(-1)!
  expect(call).toMatchObject({ channel: 'phone', state: 'by-hand' })
  expect(call.body).toContain('Say: You can say no, and you do not have to say why.')
  const page = await (await coordinator.reads(path)).follow('Write down what Telly Phone said')
  expect((await page.press('Save what they said')).errors).toEqual([
    'Choose what they said',
    'Choose how they told us',
  ])
  const saved = await page.choose('Yes, they will do it').choose('On the phone').press('Save what they said')
  expect(saved.text).toContain('Cora Ordinator wrote it down')
  expect((await phone.wasTold()).at(-1)!.body).toContain('You said yes to this')
  const done = await (await saved.follow('Write down what Telly Phone said'))
    .choose('It is done')
    .choose('On the phone')
    .fill('How did it go, in their own words?', 'It was lovely.')
    .press('Save what they said')
  expect(done.text).toContain('It was lovely.')
  expect((await network.volunteer.opens(`/${slug}/tasks/${reference}/as-said/${phone.id}`)).status).toBe(404)
})

test('PEOPLE-10 the same three are not always asked: least asked comes first, who rests is not in the list', async () => {
  const own = await aNetwork()
  const { coordinator, volunteer, secondVolunteer, slug } = own
  for (const title of ['One', 'Two']) {
    const { number } = await aTask(own, { title, minutes: 240, asks: [volunteer] })
    await doingAs(own, volunteer, doing =>
      answerTask(doing, number, { personId: volunteer.id, says: 'yes', how: 'web' }),
    )
  }
  const { path } = await aTask(own, { title: 'Three' })
  const ask = await coordinator.reads(`${path}/ask`)
  expect(ask.text.indexOf('Sam Second')).toBeLessThan(ask.text.indexOf('Vera Volunteer'))
  expect(ask.text).toContain('asked 2 times')
  expect(ask.text).toContain('8 hours given')
  const load = await coordinator.reads(`/${slug}/tasks/who-was-asked`)
  expect(load.text).toContain('8 hours')
  expect((await volunteer.opens(`/${slug}/tasks/who-was-asked`)).status).toBe(404)

  await own.inNetwork(tx =>
    tx
      .updateTable('person')
      .set({ paused_from: own.house.clock.today(), paused_until: null })
      .where('id', '=', secondVolunteer.id)
      .execute(),
  )
  const rested = await coordinator.reads(`${path}/ask`)
  expect(rested.text).not.toContain('Sam Second')
  expect(rested.text).toContain('1 person takes a rest')
  // Chosen before the rest began: refused, not asked.
  const late = await ask.choose('Sam Second').press('Ask them')
  expect(late.errors).toEqual(['One of them takes a rest now. Ask somebody else'])
})

test('PEOPLE-10 a task that is not needed ends with a reason for everybody who had it in mind', async () => {
  const { coordinator, volunteer } = network
  const { path } = await aTask(network, { asks: [volunteer], title: 'Judge the posters' })
  const form = await (await coordinator.reads(path)).follow('End this task: it is not needed any more')
  expect((await form.press('End the task')).errors).toEqual(['Say why it is not needed any more'])
  await form.fill('Why is it not needed any more?', 'The posters are not ready.').press('End the task')
  expect((await volunteer.wasTold()).at(-1)!.body).toContain('The posters are not ready.')
  expect((await volunteer.reads(path)).text).toContain('The posters are not ready.')
})

test('PEOPLE-10 the clock reminds whoever said yes before the day, and the team when nobody has said thank you', async () => {
  const own = await aNetwork()
  const { volunteer, coordinator, house } = own
  const { number } = await aTask(own, {
    asks: [volunteer],
    title: 'Sort the leaflets',
    neededBy: house.clock.today().add({ days: 3 }),
  })
  await doingAs(own, volunteer, doing =>
    answerTask(doing, number, { personId: volunteer.id, says: 'yes', how: 'web' }),
  )
  house.clock.daysOn(2)
  await runDue(house.house, house.app.slices)
  expect((await volunteer.wasTold()).at(-1)!.body).toContain('Sort the leaflets')
  await doingAs(own, volunteer, doing =>
    finishTask(doing, number, { personId: volunteer.id, words: '', how: 'web' }),
  )
  house.clock.daysOn(12)
  await runDue(house.house, house.app.slices)
  expect((await coordinator.wasTold()).at(-1)!.body).toContain('has not been thanked. It is late.')
  const told = (await coordinator.wasTold()).length
  await runDue(house.house, house.app.slices)
  expect((await coordinator.wasTold()).length).toBe(told)
})

test('PEOPLE-10 PEOPLE-16 R59 who leaves gives tasks back; what is held is shown; old tasks end', async () => {
  const own = await aNetwork()
  const { volunteer, coordinator, house } = own
  const open = await aTask(own, { asks: [volunteer], title: 'Count the chairs' })
  await doingAs(own, volunteer, doing =>
    answerTask(doing, open.number, { personId: volunteer.id, says: 'yes', how: 'web' }),
  )
  const [held] = await own.inNetwork(tx => askTogether(tx, tasksHeld(volunteer.id)))
  expect(held?.rows).toEqual([
    expect.objectContaining({ Task: `${open.reference}, Count the chairs`, 'Where it is': 'Said yes' }),
  ])
  const [says] = await own.inNetwork(tx => askTogether(tx, [leavingTasks.says(volunteer.id)]))
  expect(says).toEqual({ handedOver: ['1 task goes back to the team'] })
  await doingAs(own, volunteer, doing =>
    leavingTasks.leave(doing, volunteer.id, { answersWanted: false, views: 'as-they-are' }),
  )
  expect((await coordinator.wasTold()).at(-1)!.body).toContain('The place is free again')
  await (await coordinator.reads(`${open.path}/end`))
    .fill('Why is it not needed any more?', 'Enough chairs.')
    .press('End the task')
  const before = house.clock.today().add({ days: 1 })
  const counted = await own.inNetwork(tx => askTogether(tx, [keptTasks.count(before)]))
  expect(counted).toEqual([1])
  expect(await doingAs(own, coordinator, doing => keptTasks.end(doing, before))).toBe(1)
  expect((await coordinator.opens(open.path)).status).toBe(404)
})

test('PEOPLE-10 the list is for the team as a spreadsheet too, and search finds only what one may see', async () => {
  const { coordinator, volunteer, secondVolunteer, slug } = network
  await aTask(network, { asks: [volunteer], title: '=Zeppelin watching' })
  const table = await coordinator.opens(`/${slug}/tasks/tasks.csv`)
  expect(table.headers.get('content-type')).toContain('text/csv')
  expect(table.html).toContain(`"'=Zeppelin watching"`)
  expect((await volunteer.opens(`/${slug}/tasks/tasks.csv`)).status).toBe(404)
  expect((await volunteer.reads(`/${slug}/search?q=zeppelin`)).text).toContain('Zeppelin watching')
  expect((await secondVolunteer.reads(`/${slug}/search?q=zeppelin`)).text).not.toContain('Zeppelin watching')
})
