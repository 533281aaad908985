import * as interests from '#slices/interests/index.ts'
import * as meetings from '#slices/meetings/index.ts'
import * as minutes from '#slices/minutes/index.ts'
import * as papers from '#slices/papers/index.ts'
import {
  answersAbout,
  answersCorrection,
  asksAbout,
  asksFor,
  asksToPutOff,
  begins,
  chair,
  corrects,
  dissents,
  ends,
  goesAhead,
  inMeeting,
  isDecided,
  isMinuted,
  item,
  marked,
  meeting,
  reads,
  saysAfter,
  sendsOut,
  type Taken,
  team,
  told,
  turnsTo,
  votesInWriting,
  votesOn,
  writes,
} from './board-steps.ts'
import { day, meetingOf, personId, type Scene } from './world.ts'

/** Two meetings of the Operational Board that were held, the next one, and the one after it. All of it is invented. */
const spring = -103
const summer = -42
const next = 16

const rosa = 'volunteer-1'
const delroy = 'volunteer-2'
const mei = 'volunteer-3'
const ravi = 'Ravi Sandlebrook'
const harjit = 'board-member-1'
const owen = 'board-member-2'
const chidi = 'board-member-3'
const halina = 'Halina Stroudmoor'
const ewan = 'Ewan Tidebrook'

const interest = (
  onDay: number,
  who: string,
  given: {
    organisation: string
    what: string
    type: 'financial' | 'indirect' | 'non-financial-personal'
    whose?: string
  },
): Scene =>
  told(onDay, who, `declares ${given.organisation}`, (doing, world) =>
    interests.declareInterest(doing, personId(world, who), {
      type: given.type,
      conflict: 'potential',
      organisation: given.organisation,
      what: given.what,
      whose: given.whose ?? '',
      otherNames: '',
      from: day(world, onDay - 20),
      to: null,
      trustId: null,
      projectId: null,
    }),
  )

/** An interest that met an item: the person says yes, and the chair decides. */
function conflict(
  onDay: number,
  inDays: number,
  title: string,
  who: string,
  words: string,
  decided?: { outcome: meetings.ConflictOutcome; because: string },
): Scene[] {
  const step = (
    by: string,
    about: string,
    take: (
      doing: Parameters<typeof interests.answerConflict>[0],
      it: Parameters<typeof interests.answerConflict>[1],
    ) => Promise<Taken>,
  ) =>
    told(
      onDay,
      by,
      about,
      item(inDays, title, async (doing, it, world) => {
        await interests.findConflicts(doing, { itemId: it.id })
        const row = await doing.tx
          .selectFrom('conflict')
          .select('id')
          .where('item_id', '=', it.id)
          .where('person_id', '=', personId(world, who))
          .executeTakeFirst()
        const loaded = await interests.loadConflict(doing, row?.id ?? -1, { forChange: true })
        return loaded
          ? await take(doing, loaded)
          : { accepted: false, sentence: `no conflict of ${who} was found` }
      }),
    )
  return [
    step(who, `answers about “${title}”`, (doing, it) => interests.answerConflict(doing, it, 'yes', words)),
    ...(decided
      ? [
          step(chair, `decides about “${title}”`, (doing, it) =>
            interests.decideConflict(doing, it, decided.outcome, decided.because),
          ),
        ]
      : []),
  ]
}

const setsTheAgenda = (onDay: number, inDays: number): Scene =>
  told(onDay, team, 'sets the agenda', meeting(inDays, meetings.setTheAgenda))
const opensTheAgenda = (onDay: number, inDays: number): Scene =>
  told(onDay, team, 'opens the agenda', meeting(inDays, meetings.openTheAgenda))
const cannotCome = (onDay: number, who: string, inDays: number, because: string): Scene =>
  told(
    onDay,
    who,
    'sends apologies',
    meeting(inDays, (doing, it) =>
      meetings.giveApologies(doing, it, { personId: doing.actor!.personId, deputyWords: '', because }),
    ),
  )

const everybody = {
  [chair]: 'online',
  [harjit]: 'online',
  [owen]: 'online',
  [halina]: 'online',
  [ewan]: 'phone',
  [rosa]: 'online',
  [delroy]: 'online',
  [ravi]: 'online',
} as const

const wait = 'Waiting times for scans in winter'
const shared = 'Results when two hospitals share a patient'
const contract = 'The contract for the mobile scanner'
const saturdays = 'Each Trust opens its scanners on two Saturdays a month.'
const renew = 'The board renews the contract for the mobile scanner for one year.'

const springMeeting: Scene[] = [
  opensTheAgenda(-128, spring),
  ...asksFor(-122, harjit, spring, {
    title: wait,
    about: 'People wait longer from November to March. What can each Trust do now?',
    presenter: harjit,
  }),
  ...asksFor(-120, owen, spring, {
    title: contract,
    about: 'The contract ends in summer.',
    handling: 'board',
    why: 'It names prices of a company.',
    presenter: owen,
  }),
  ...asksFor(-109, rosa, spring, {
    title: shared,
    about: 'Each hospital says that the other one has the result.',
    answers: ['One answer when two hospitals share a patient'],
  }),
  writes(-116, spring, wait, {
    title: 'How long people waited last winter',
    by: harjit,
    summary:
      'Last winter people waited six weeks for a scan. In summer they waited four. More scans on Saturdays would help most. We ask you to decide about two Saturdays a month.',
    text: [
      { kind: 'heading', level: 2, text: 'What we found' },
      {
        kind: 'paragraph',
        text: 'From November to March people waited six weeks. In summer they waited four.',
      },
      {
        kind: 'table',
        header: ['Month', 'Weeks people waited'],
        rows: [
          ['November', '5'],
          ['January', '7'],
          ['March', '6'],
        ],
      },
      { kind: 'heading', level: 2, text: 'What we ask' },
      { kind: 'paragraph', text: 'Please decide whether each Trust opens on two Saturdays a month.' },
    ],
  }),
  sendsOut(-114, team, 'How long people waited last winter'),
  setsTheAgenda(-107, spring),
  cannotCome(-105, chidi, spring, 'On call that day.'),
  ...begins(spring, everybody),
  turnsTo(spring, 20, wait),
  ...votesOn(spring, 30, wait, {
    text: saturdays,
    ballots: {
      [chair]: 'for',
      [harjit]: 'for',
      [owen]: 'against',
      [halina]: 'for',
      [ewan]: 'abstain',
      [rosa]: 'for',
      [delroy]: 'for',
      [ravi]: 'for',
    },
  }),
  turnsTo(spring, 45, shared),
  turnsTo(spring, 65, contract),
  ...votesOn(spring, 75, contract, {
    text: renew,
    isSecret: true,
    ballots: {
      [chair]: 'for',
      [harjit]: 'for',
      [owen]: 'for',
      [halina]: 'against',
      [rosa]: 'for',
      [delroy]: 'against',
      [ravi]: 'for',
    },
  }),
  ends(spring, 105),
  isMinuted(
    -101,
    spring,
    wait,
    'The wait grows each winter. Saturdays would help people who work. Staff need the time back on another day.',
    { actions: [['Tell the board how many people came on Saturdays', 'trust-contact', 12]] },
  ),
  isDecided(-101, spring, wait, {
    text: saturdays,
    because: 'It is the one thing that each Trust can do at once, and people asked for it.',
    reviewOn: -2,
    byVote: true,
  }),
  isMinuted(-101, spring, contract, 'Members looked at two offers and at what happens without a scanner.', {
    saidInPrivate: 'The second offer was cheaper and came with one driver only.',
  }),
  isDecided(-101, spring, contract, {
    text: renew,
    because: 'Without it the villages have no scanner.',
    byVote: true,
  }),
  saysAfter(-100, rosa, spring, { tookPart: 'yes', wasHeard: 'yes', wouldHelp: 'A break after one hour.' }),
  saysAfter(-99, delroy, spring, {
    tookPart: 'partly',
    wasHeard: 'yes',
    wouldHelp: 'Say out loud what is on the shared screen. I cannot see it.',
    named: true,
  }),
  saysAfter(-98, ravi, spring, { tookPart: 'yes', wasHeard: 'partly', wouldHelp: '' }),
  told(-95, team, 'sends the draft', meeting(spring, minutes.sendDraft)),
  corrects(-92, delroy, spring, 'I joined by computer, not by phone.'),
  answersCorrection(
    -90,
    spring,
    'I joined by computer, not by phone.',
    'not-taken',
    'The draft says online already.',
  ),
]

const quiet = 'A quiet hour in every waiting room'
const quietPaper = 'What a quiet hour takes'
const archive = 'The price of the shared picture archive'
const badges = 'First names on badges'
const letters = 'Letters in other languages'
const parking = 'Parking when a scan runs late'
const lift = 'A lift to hospital from the villages'
const quietly = 'Each waiting room has one quiet hour a day.'
const archivePrice = 'The board takes the offer for the shared picture archive.'
const named = 'Staff in imaging wear their first name on a badge.'

const summerMeeting: Scene[] = [
  interest(-90, owen, {
    organisation: 'Northlight Archives',
    what: 'My sister sells software for this company.',
    type: 'indirect',
    whose: 'My sister',
  }),
  opensTheAgenda(-68, summer),
  ...asksFor(-66, delroy, summer, {
    title: quiet,
    about: 'Noise makes it hard for many of us to wait.',
    presenter: chidi,
  }),
  ...asksFor(-65, halina, summer, {
    title: archive,
    about: 'Northlight Archives made an offer.',
    handling: 'board',
    why: 'It names the price of a company.',
    presenter: halina,
  }),
  ...asksFor(-64, rosa, summer, { title: badges, about: 'It helps to know whom you speak with.' }),
  ...asksFor(-62, team, summer, {
    title: letters,
    about: 'Letters that people cannot read are put away.',
    answers: ['Appointment letters in other languages'],
  }),
  ...asksFor(-61, ravi, summer, {
    title: parking,
    about: 'People pay when the hospital is late.',
    answers: ['Free parking while the scan runs late'],
  }),
  ...asksFor(-61, team, summer, {
    title: lift,
    about: 'For a scan at nine you leave at six.',
    answers: ['A lift to hospital from the villages'],
  }),
  ...conflict(-58, summer, archive, owen, 'My sister would earn from it.', {
    outcome: 'leaves',
    because: 'A close relative earns money from this decision.',
  }),
  setsTheAgenda(-52, summer),
  writes(-50, summer, quiet, {
    title: quietPaper,
    by: chidi,
    summary:
      'A quiet hour means no radio, no phone calls and lower lights for one hour a day. Two sites tried it. People liked it. We ask you to decide whether all sites do it.',
    text: [
      { kind: 'heading', level: 2, text: 'What two sites tried' },
      { kind: 'paragraph', text: 'Two waiting rooms had a quiet hour at ten in the morning for four weeks.' },
      { kind: 'paragraph', text: 'Of 212 people who were asked, 180 liked it.' },
      { kind: 'list', ordered: false, items: ['No radio', 'Phones on silent', 'Lower lights'] },
    ],
  }),
  sendsOut(-45, team, quietPaper, 'The figures of the second site came late.'),
  asksAbout(
    -44,
    rosa,
    quietPaper,
    'Did people with hearing aids like it too?',
    'Of 212 people who were asked, 180 liked it.',
  ),
  asksToPutOff(-44, delroy, quietPaper, 'I had no time to have it read to me.'),
  goesAhead(-43, quietPaper, 'Chidi reads it out in the meeting, and the vote comes after that.'),
  answersAbout(
    -43,
    chidi,
    quietPaper,
    'Did people with hearing aids like it too?',
    'Nine of them told us so. Two missed their name being called, so a member of staff now walks over.',
  ),
  ...[rosa, ravi].map(who => reads(-43, who, quietPaper)),
  ...begins(summer, { ...everybody, [chidi]: 'online' }),
  inMeeting(
    summer,
    8,
    chair,
    'agrees the minutes of spring',
    meeting(spring, (doing, it, world) =>
      minutes.agree(doing, it, meetingOf(world, 'operational-board', summer).id),
    ),
  ),
  turnsTo(summer, 10, quiet),
  ...votesOn(summer, 20, quiet, {
    text: quietly,
    ballots: {
      [chair]: 'for',
      [harjit]: 'for',
      [owen]: 'for',
      [chidi]: 'for',
      [halina]: 'for',
      [ewan]: 'abstain',
      [rosa]: 'against',
      [delroy]: 'for',
      [ravi]: 'for',
    },
  }),
  dissents(
    summer,
    26,
    rosa,
    quietly,
    'One hour is not enough. People come all day long, and noise hurts them all day long.',
  ),
  turnsTo(summer, 30, letters),
  turnsTo(summer, 45, parking),
  turnsTo(summer, 58, lift),
  turnsTo(summer, 68, archive),
  ...votesOn(summer, 75, archive, {
    text: archivePrice,
    isSecret: true,
    ballots: {
      [chair]: 'for',
      [harjit]: 'for',
      [chidi]: 'for',
      [halina]: 'for',
      [ewan]: 'against',
      [rosa]: 'against',
      [delroy]: 'for',
    },
  }),
  turnsTo(summer, 85, badges),
  marked(summer, 90, { [delroy]: 'gone', [ravi]: 'gone' }),
  ...votesOn(summer, 92, badges, {
    text: named,
    ballots: { [chair]: 'for', [harjit]: 'for', [owen]: 'for', [chidi]: 'against', [rosa]: 'for' },
  }),
  ends(summer, 112),
  isMinuted(
    -41,
    summer,
    quiet,
    'Chidi read the paper out. Sites with one room only need help with the lights.',
    {
      actions: [['Write down how a quiet hour works, on one page', chidi, 20]],
    },
  ),
  isDecided(-41, summer, quiet, {
    text: quietly,
    because: 'Two sites tried it, and most people liked it. The dissent is in the minutes.',
    reviewOn: 300,
    byVote: true,
  }),
  isMinuted(-41, summer, archive, 'Members asked what happens when the company closes.', {
    saidInPrivate: 'The price falls by a tenth if all Trusts sign in the same month.',
  }),
  isMinuted(-41, summer, badges, 'Two volunteers had to leave, so this was only to see what people think.'),
  isDecided(-41, summer, archive, {
    text: archivePrice,
    because: 'It ends the discs on the bus.',
    byVote: true,
  }),
  ...[rosa, delroy, ravi].map((who, n) =>
    saysAfter(-39 + n, who, summer, {
      tookPart: 'yes',
      wasHeard: n === 1 ? 'partly' : 'yes',
      wouldHelp: n === 2 ? 'End on time, my bus does not wait.' : '',
    }),
  ),
  told(-40, team, 'publishes the minutes of spring', meeting(spring, minutes.publish)),
  told(-32, team, 'sends the draft', meeting(summer, minutes.sendDraft)),
  corrects(-28, halina, summer, 'The archive item began before the break, not after it.'),
  answersCorrection(
    -26,
    summer,
    'The archive item began before the break, not after it.',
    'taken',
    'The clock of the meeting says so.',
  ),
  ...votesInWriting(-24, summer, badges, {
    text: named,
    until: -15,
    ballots: {
      [chair]: 'for',
      [harjit]: 'for',
      [owen]: 'for',
      [chidi]: 'against',
      [halina]: 'for',
      [rosa]: 'for',
      [delroy]: 'for',
      [ravi]: 'for',
    },
  }),
  corrects(-6, ravi, summer, 'I left at twenty to four, and the draft does not say it.'),
]

const beside = 'Somebody beside you at the scan'
const scanners = 'Who drives the mobile scanners'
const scannersPaper = 'Two ways to run the mobile scanners'
const desk = 'The first words at the desk'
const staffing = 'Staff at two sites'

const nextMeeting: Scene[] = [
  interest(-50, harjit, {
    organisation: 'Blackbird Mobile Imaging',
    what: 'I own shares of this company.',
    type: 'financial',
  }),
  interest(-30, delroy, {
    organisation: 'Quiet Rooms Charity',
    what: 'I am one of its trustees.',
    type: 'non-financial-personal',
  }),
  opensTheAgenda(-21, next),
  ...asksFor(-16, mei, next, {
    title: beside,
    about: 'I did not know that somebody may come with you. Put it on the letter.',
    answers: ['Nobody told me I could bring somebody'],
  }),
  ...asksFor(-15, halina, next, {
    title: scanners,
    about: 'Blackbird Mobile Imaging offers to run them. Or we do it ourselves.',
    presenter: halina,
  }),
  ...asksFor(-15, team, next, {
    title: desk,
    about: 'How people are met. The Quiet Rooms Charity offers a training.',
    asked: 'discuss',
    answers: ['Rude at the desk'],
  }),
  ...asksFor(-14, ewan, next, {
    title: staffing,
    about: 'Two sites cannot fill their shifts.',
    asked: 'discuss',
    handling: 'board',
    why: 'It is about single people.',
    presenter: ewan,
  }),
  writes(-11, next, scanners, {
    title: scannersPaper,
    by: halina,
    summary:
      'The mobile scanners go to the villages. A company could run them, or our own staff. The company costs less. Our own staff know the people. We ask you to choose.',
    text: [
      { kind: 'heading', level: 2, text: 'The two ways' },
      { kind: 'paragraph', text: 'A company brings the scanner, the driver and two radiographers.' },
      { kind: 'paragraph', text: 'Or we hire a driver, and our own radiographers go along in turns.' },
      {
        kind: 'table',
        header: ['Way', 'Cost in a year', 'Days in the villages'],
        rows: [
          ['A company', '£410,000', '180'],
          ['Our own staff', '£455,000', '160'],
        ],
      },
    ],
  }),
  writes(-10, next, staffing, {
    title: 'Shifts that stay empty',
    by: ewan,
    handling: 'board',
    summary: 'Two sites have more shifts than staff. This paper says which, and what helped before.',
    text: [
      { kind: 'heading', level: 2, text: 'Where it is hard' },
      { kind: 'paragraph', text: 'Last month one shift in five stayed empty at the first site.' },
    ],
  }),
  ...conflict(-9, next, scanners, harjit, 'Yes. I own shares.', {
    outcome: 'no-paper',
    because: 'The paper has the price of a rival. Shares could rise or fall by it.',
  }),
  ...conflict(-8, next, desk, delroy, 'Only if the board pays the charity for it.'),
  setsTheAgenda(-7, next),
  told(
    -6,
    team,
    'sends out the papers',
    meeting(next, (doing, it) => papers.sendAllOut(doing, it, { because: '', allowedById: undefined })),
  ),
  ...[rosa, delroy].map(who => reads(-5, who, scannersPaper)),
  asksAbout(-5, rosa, scannersPaper, 'Who helps somebody up the steps of the scanner?'),
  answersAbout(
    -3,
    halina,
    scannersPaper,
    'Who helps somebody up the steps of the scanner?',
    'In both ways there is a lift for wheelchairs, and the driver helps.',
  ),
  asksAbout(-2, ravi, scannersPaper, 'What happens when the company closes?'),
  cannotCome(-1, chidi, next, 'I am on leave.'),
]

export const boardScenes: readonly Scene[] = [...springMeeting, ...summerMeeting, ...nextMeeting]
