/** Typed addresses; `meeting` is 'M-14', `paper` is 'P-31', `item` is the item's number. Fixed for ten years. */
const at = (slug: string, rest = '') => `/${slug}/meetings${rest}`

export const meetingPaths = {
  list: (slug: string) => at(slug),
  one: (slug: string, meeting: string) => at(slug, `/${meeting}`),
  step: (slug: string, meeting: string, step: string) => at(slug, `/${meeting}/${step}`),
  item: (slug: string, meeting: string, item: number) => at(slug, `/${meeting}/items/${item}`),
  itemStep: (slug: string, meeting: string, item: number, step: string) =>
    at(slug, `/${meeting}/items/${item}/${step}`),
  paper: (slug: string, meeting: string, paper: string) => at(slug, `/${meeting}/papers/${paper}`),
  paperStep: (slug: string, meeting: string, paper: string, step: string) =>
    at(slug, `/${meeting}/papers/${paper}/${step}`),
  pack: (slug: string, meeting: string) => at(slug, `/${meeting}/pack.pdf`),
  minutes: (slug: string, meeting: string) => at(slug, `/${meeting}/minutes`),
  room: (slug: string, meeting: string) => at(slug, `/${meeting}/room`),
  new: (slug: string) => at(slug, '/new'),
  check: (slug: string) => at(slug, '/new/check'),
  calendar: (slug: string) => `/${slug}/account/calendar`,
  calendarStop: (slug: string) => `/${slug}/account/calendar/stop`,
  calendarFeed: (slug: string, token: string) => `/${slug}/calendar/${token}.ics`,
  answer: (slug: string, token: string) => `/${slug}/meeting-answer/${token}`,
  motion: (slug: string, motion: string) => `/${slug}/motions/${motion}`,
}
