import { reference } from '#kernel/references.ts'
import { doingOf } from '#platform/doing.ts'
import { raiseComplaint } from '#slices/networks/complaint-changes.ts'
import type { TestHouse } from './house.ts'
import { realApi } from './real-api.ts'
import { addAgendas } from './real-board-agenda.ts'
import { addPapers } from './real-board-papers.ts'
import { realBoardPlan } from './real-board-plan.ts'
import { addMotions } from './real-board-votes.ts'
import { realConcerns } from './real-concerns.ts'
import { realConnections } from './real-connections.ts'
import { realDevice } from './real-device.ts'
import { realHelp } from './real-help.ts'
import { realImports } from './real-imports.ts'
import { realInduction } from './real-induction.ts'
import { realIntake } from './real-intake.ts'
import { realJoining } from './real-joining.ts'
import { realLanguages } from './real-languages.ts'
import { realMail } from './real-mail.ts'
import { realNeeds } from './real-needs.ts'
import { realNetwork } from './real-network.ts'
import { realNotify } from './real-notify.ts'
import { realRights } from './real-rights.ts'
import { realTalk } from './real-talk.ts'
import { realWork } from './real-work.ts'

/** Real ids of real things of one network of the demonstration, for each address of the route table. */
export interface RealThings {
  /** One set of parameters or a few; none when this address has no thing here. */
  paramsOf(path: string): Record<string, string>[]
}

/** Which rows stand for a parameter, by the address it stands in. Longest address first. */
const sources: readonly { path: RegExp; name: string; sql: string }[] = [
  {
    path: /^\/:network\/contributions\/:reference\/files\/:file/,
    name: 'reference,file',
    sql: `select 'C-' || c.number as reference, f.id::text as file from stored_file f
          join contribution c on c.network_id = f.network_id and c.id = f.thing_id
          where f.thing_kind = 'contribution' and f.network_id = $1 order by f.id limit 1`,
  },
  {
    path: /^\/:network\/you-said-we-did\/:reference/,
    name: 'reference',
    sql: `select 'C-' || number as reference from publication where state = 'published' and network_id = $1 order by id limit 1`,
  },
  {
    // One for which a text was prepared: to agree to, to take down.
    path: /^\/:network\/contributions\/:reference\/(publication|publish)/,
    name: 'reference',
    sql: `select 'C-' || number as reference from publication where network_id = $1 order by id limit 1`,
  },
  {
    path: /^\/:network\/contributions\/:reference/,
    name: 'reference',
    // A few in different states and groups.
    sql: `(select distinct on (state) 'C-' || number as reference from contribution
           where network_id = $1 and state in ('received', 'agreed', 'withdrawn') order by state, id)`,
  },
  {
    path: /^\/:network\/actions\/:reference\/files\/:file/,
    name: 'reference,file',
    sql: `select 'A-' || a.number as reference, f.id::text as file from stored_file f
          join action a on a.network_id = f.network_id and a.id = f.thing_id
          where f.thing_kind = 'action' and f.network_id = $1 order by f.id limit 1`,
  },
  {
    path: /^\/:network\/requests\/:reference\/files\/:file/,
    name: 'reference,file',
    sql: `select 'R-' || r.number as reference, f.id::text as file from stored_file f
          join chair_request_answer a on a.network_id = f.network_id and a.id = f.thing_id
          join chair_request r on r.network_id = a.network_id and r.id = a.request_id
          where f.thing_kind = 'chair-request-answer' and f.network_id = $1 order by f.id limit 1`,
  },
  {
    path: /^\/:network\/groups\/:group\/library\/:answer\/files\/:file/,
    name: 'group,answer,file',
    sql: `select g.slug as group, a.id::text as answer, f.id::text as file from stored_file f
          join chair_request_answer a on a.network_id = f.network_id and a.id = f.thing_id
          join network_group g on g.network_id = a.network_id and g.id = a.group_id
          where f.thing_kind = 'chair-request-answer' and a.asker_consent_at is not null
            and a.group_consent_at is not null and f.network_id = $1 order by f.id limit 1`,
  },
  {
    path: /^\/:network\/groups\/:group\/library\/:answer/,
    name: 'group,answer',
    sql: `select g.slug as group, a.id::text as answer from chair_request_answer a
          join network_group g on g.network_id = a.network_id and g.id = a.group_id
          where a.asker_consent_at is not null and a.group_consent_at is not null and a.network_id = $1
          order by a.id limit 1`,
  },
  {
    path: /^\/:network\/actions\/:reference/,
    name: 'reference',
    sql: `select 'A-' || number as reference from action where network_id = $1 order by id limit 1`,
  },
  {
    path: /^\/:network\/requests\/:reference/,
    name: 'reference',
    sql: `select 'R-' || number as reference from chair_request where network_id = $1 order by id limit 2`,
  },
  {
    path: /^\/:network\/groups\/:group/,
    name: 'group',
    sql: `select slug as group from network_group where network_id = $1 order by id limit 1`,
  },
  {
    path: /^\/:network\/team\/applications\/:number/,
    name: 'number',
    sql: `select number::text as number from application where network_id = $1 order by id desc limit 1`,
  },
  {
    path: /^\/:network\/application\/:token/,
    name: 'token',
    // Only hashes are kept, so a link is made here.
    sql: `with made as (
            insert into application_link (network_id, token_hash, application_id, expires_at)
            select network_id, encode(sha256(convert_to('real-things-' || lpad(id::text, 20, '0'), 'UTF8')), 'hex'), id,
              '2200-01-01' from application where network_id = $1 order by id desc limit 1
            on conflict do nothing returning application_id)
          select 'real-things-' || lpad(max(id)::text, 20, '0') as token from application where network_id = $1
          having max(id) is not null`,
  },
  {
    path: /^\/:network\/team\/calls\/:message/,
    name: 'message',
    sql: `select id::text as message from message where network_id = $1 and channel = 'phone' order by id desc limit 1`,
  },
  {
    path: /^\/:network\/team\/letters\/:message/,
    name: 'message',
    sql: `select id::text as message from message where network_id = $1 and channel = 'post' order by id desc limit 1`,
  },
  {
    path: /^\/:network\/team\/messages\/:message/,
    name: 'message',
    sql: `select id::text as message from message where network_id = $1 order by id desc limit 1`,
  },
  {
    path: /^\/:network\/contributions\/on-behalf\/:person/,
    name: 'person',
    sql: `select id::text as person from person where network_id = $1 and left_on is null order by id limit 1`,
  },
  {
    path: /^\/:network\/team\/people\/:person\/places\/:place/,
    name: 'person,place',
    sql: `select person_id::text as person, id::text as place from membership where network_id = $1 order by id limit 1`,
  },
  {
    path: /^\/:network\/team\/people\/:person\/posts\/:post/,
    name: 'person,post',
    sql: `select person_id::text as person, id::text as post from post_holding where network_id = $1 order by id limit 1`,
  },
  {
    path: /^\/:network\/team\/people\/:person/,
    name: 'person',
    sql: `select id::text as person from person where network_id = $1 order by id limit 1`,
  },
  {
    path: /^\/:network\/decisions\/:number/,
    name: 'number',
    // Of part A and of part B.
    sql: `select distinct on (i.handling) d.number::text as number from board_decision d
          join agenda_item i on i.network_id = d.network_id and i.id = d.item_id
          where d.network_id = $1 order by i.handling, d.id`,
  },
  {
    path: /^\/:network\/meetings\/:meeting\/minutes\/corrections\/:correction/,
    name: 'meeting,correction',
    sql: `select 'M-' || m.number as meeting, c.id::text as correction from minutes_correction c
          join meeting m on m.network_id = c.network_id and m.id = c.meeting_id
          where c.answer is null and c.network_id = $1 order by c.id limit 1`,
  },
  {
    path: /^\/:network\/meetings\/:meeting\/items\/:item/,
    name: 'meeting,item',
    // Of a meeting to come and of one that was held.
    sql: `select distinct on (m.state, i.state) 'M-' || m.number as meeting, i.id::text as item from agenda_item i
          join meeting m on m.network_id = i.network_id and m.id = i.meeting_id
          where i.network_id = $1 order by m.state, i.state, i.id desc`,
  },
  {
    path: /^\/:network\/meetings\/:meeting/,
    name: 'meeting',
    sql: `select distinct on (state) 'M-' || number as meeting from meeting where network_id = $1 order by state, id desc`,
  },
]

/** What the demonstration has none of: added with the product's own functions, so that no address is left out. */
async function addWhatIsMissing(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const today = house.clock.today()
  return await house.database.enter({ slug, accountId: undefined, today }, async (tx, entry) => {
    const doing = doingOf(house.house, tx, entry!, undefined)
    await addAgendas(doing)
    const papers = await addPapers(doing)
    const complaint = await raiseComplaint(doing, {
      words: 'My letter went to the wrong house.',
      name: 'Somebody',
      channel: 'email',
      address: 'somebody@example.org',
      how: 'web',
      recorded: false,
    })
    const first = async (name: 'contribution' | 'action' | 'chair_request_answer') =>
      (await tx.selectFrom(name).select('id').orderBy('id').limit(1).executeTakeFirst())?.id
    const volunteer = await tx
      .selectFrom('person')
      .select('id')
      .where('demo_key', 'in', ['volunteer-1', 'other-volunteer'])
      .executeTakeFirstOrThrow()
    const shared = await tx
      .selectFrom('chair_request_answer')
      .select('id')
      .where('asker_consent_at', 'is not', null)
      .where('group_consent_at', 'is not', null)
      .orderBy('id')
      .executeTakeFirst()
    for (const [kind, id] of [
      ['contribution', await first('contribution')],
      ['action', await first('action')],
      ['chair-request-answer', shared?.id ?? (await first('chair_request_answer'))],
      ['draft', volunteer.id],
    ] as const) {
      if (id === undefined) continue
      const file = {
        name: 'plan.pdf',
        type: 'application/pdf',
        bytes: new TextEncoder().encode('%PDF-1.4 plan'),
      }
      await house.house.files.keep(tx, entry!.id, { kind, id }, [file], volunteer.id, doing.now)
    }
    const link = await tx
      .selectFrom('verdict_link')
      .selectAll()
      .where('used_at', 'is', null)
      .limit(1)
      .executeTakeFirst()
    const draftFile = await tx
      .selectFrom('stored_file')
      .select('id')
      .where('thing_kind', '=', 'draft')
      .executeTakeFirst()
    return {
      '/:network/data-protection-complaint/received/:receipt': [
        { receipt: `${complaint}-${doing.seal('data-complaint-receipt', String(complaint))}` },
      ],
      '/:network/team/data-complaints/:complaint': [{ complaint: reference('D', complaint) }],
      '/:network/verdict/:token': link
        ? [{ token: doing.seal('verdict', `${entry!.id} ${link.feedback_id} ${link.person_id}`) }]
        : [],
      ...(await realBoardPlan(doing, volunteer.id)),
      '/:network/contributions/new/files/:file': draftFile ? [{ file: String(draftFile.id) }] : [],
      ...papers,
    }
  })
}

export async function realThings(house: TestHouse, slug: string): Promise<RealThings> {
  const { owner } = house
  const added = {
    ...(await addWhatIsMissing(house, slug)),
    ...(await addMotions(house, slug)),
    ...(await realApi(house, slug)),
    ...(await realConnections(house)),
    ...(await realMail(house, slug)),
    ...(await realNotify(house, slug)),
    ...(await realJoining(house, slug)),
    ...(await realLanguages(house, slug)),
    ...(await realDevice(house, slug)),
    ...(await realImports(house, slug)),
    ...(await realHelp(house, slug)),
    ...(await realIntake(house, slug)),
    ...(await realNeeds(house, slug)),
    ...(await realInduction(house, slug)),
    ...(await realConcerns(house, slug)),
    ...(await realRights(house, slug)),
    ...(await realWork(house, slug)),
    ...(await realTalk(house, slug)),
    ...(await realNetwork(house, slug)),
  }
  const network = (await owner.query<{ id: number }>('select id from network where slug = $1', [slug]))
    .rows[0]!.id
  const found = new Map<(typeof sources)[number], Record<string, string>[]>()
  for (const source of sources) found.set(source, (await owner.query(source.sql, [network])).rows)
  return {
    paramsOf(path) {
      if (!path.slice('/:network'.length).includes(':')) return [{}]
      const made = Object.entries(added).find(([beginning]) => path.startsWith(beginning))
      if (made) return made[1]
      const source = sources.find(each => each.path.test(path))
      return source ? found.get(source)! : []
    },
  }
}
