import { sql } from 'kysely'
import { theirs } from '#kernel/text/theirs.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'

interface Facts {
  email: boolean
  phone: boolean
  post: boolean
  help: boolean
  messages: number
  places: string[]
  posts: string[]
}

const postWords: Record<string, string> = {
  'co-ordinator': 'co-ordinator',
  'portfolio-manager': 'Network Portfolio Manager',
  director: 'Network Director',
  administrator: 'administrator',
}

/** The person's own row, places and messages: withdrawal itself does these last (changes.ts). */
export const ownRowLeaving: Leaving = {
  says: personId =>
    question(
      sql<Facts>`select p.email is not null as email, p.phone is not null as phone,
        p.postal_address is not null as post, p.help_words <> '' as help,
        (select count(*)::int from message m where m.network_id = p.network_id and m.person_id = p.id) as messages,
        coalesce((select jsonb_agg(distinct g.name) from membership k
          join network_group g on g.network_id = k.network_id and g.id = k.group_id
          where k.network_id = p.network_id and k.person_id = p.id and (k.to_on is null or k.to_on >= current_date)), '[]') as places,
        coalesce((select jsonb_agg(distinct h.post) from post_holding h
          where h.network_id = p.network_id and h.person_id = p.id and (h.to_on is null or h.to_on >= current_date)), '[]') as posts
        from person p where p.id = ${personId}`,
      ([facts]): WhatLeavingMeans => {
        if (!facts) return {}
        const { email, phone, post, help, messages, places, posts } = facts
        return {
          goes: [
            ...(email ? ['The e-mail address'] : []),
            ...(phone ? ['The phone number'] : []),
            ...(post ? ['The postal address'] : []),
            ...(help ? ['What was written down about help to take part'] : []),
            'The way to sign in here, and what was begun and not sent',
            ...(messages > 0
              ? [`The words of ${messages} ${messages === 1 ? 'message' : 'messages'} from us`]
              : []),
            ...places.map(group => `The place in ${theirs(group)}`),
          ],
          stays: [
            'The name and the days in each group: minutes and votes must say who was there',
            'The list of who looked at what: nobody can change it',
          ],
          handedOver: posts.map(
            each =>
              `The post of ${postWords[each] ?? each}: those who lead the team give it to somebody else`,
          ),
        }
      },
    ),
  // In changes.ts, after all rooms, since a room may still need to know who this is.
  leave: async () => {},
}

/** What the person's own row, places and goodbyes hold about them. */
export const ownRowHeld = (personId: number): Question<Held>[] => [
  question(
    sql<
      Record<string, string | boolean | null>
    >`select name as "Name", known_as as "Known as", email as "E-mail",
      phone as "Phone number", postal_address as "Postal address", channel as "The way we tell you things",
      large_print as "Large print", help_words as "Help to take part",
      (select t.name from trust t where t.network_id = p.network_id and t.id = p.trust_id) as "The Trust you know",
      trust_may_know as "Your Trust’s contact may know", paused_from as "Rest from", paused_until as "Rest until",
      created_at::date as "Here since" from person p where id = ${personId}`,
    (rows): Held => ({ title: 'You, and how we reach you', rows }),
  ),
  question(
    sql<
      Record<string, string | boolean | null>
    >`select g.name as "Group", m.role as "As", m.voting as "Votes",
      m.lay as "Lay", m.from_on as "From", m.to_on as "To" from membership m
      join network_group g on g.network_id = m.network_id and g.id = m.group_id
      where m.person_id = ${personId} order by m.from_on, m.id`,
    (rows): Held => ({ title: 'Your places in groups', rows }),
  ),
  question(
    sql<
      Record<string, string | null>
    >`select 'Post' as "What", post as "Which", from_on as "From", to_on as "To"
      from post_holding where person_id = ${personId}
      union all select 'Contact of a Trust', t.name, c.from_on, c.to_on from trust_contact c
        join trust t on t.network_id = c.network_id and t.id = c.trust_id where c.person_id = ${personId}
      union all select 'Away', '', from_on, to_on from absence where person_id = ${personId}`,
    (rows): Held => ({ title: 'Posts, and days away', rows }),
  ),
  question(
    sql<Record<string, string | null>>`select created_at::date as "Day", channel as "How", subject as "About",
      body as "Words", english ->> 'body' as "In English", address as "Where to" from message
      where person_id = ${personId} order by id desc limit 1000`,
    (rows): Held => ({
      title: 'What we told you',
      note: 'The newest 1,000. Links in them are keys of yours: keep them to yourself.',
      rows,
    }),
  ),
  question(
    sql<
      Record<string, string | boolean | null>
    >`select asked_at::date as "Asked", on_day as "For", state as "Where it is",
      reason as "Your reason", thanks as "Our thank-you" from leaving where person_id = ${personId} order by id`,
    (rows): Held => ({ title: 'Your wish to leave', rows }),
  ),
  question(
    sql<
      Record<string, string | null>
    >`select kind as "What", updated_at::date as "Day", data::text as "As kept" from draft
      where person_id = ${personId}`,
    (rows): Held => ({ title: 'What you began and have not sent', rows }),
  ),
]
