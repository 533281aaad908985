/** Typed addresses of this room. */
export const registrationPaths = {
  start: (slug: string) => `/${slug}/register`,
  step: (slug: string, step: string, from?: 'check') =>
    `/${slug}/register/${step}${from ? `?from=${from}` : ''}`,
  /** The applicant's own page, by the link that they were sent. */
  follow: (slug: string, token: string) => `/${slug}/application/${token}`,
  received: (slug: string, token: string) => `/${slug}/application/${token}/received`,
  withdraw: (slug: string, token: string) => `/${slug}/application/${token}/withdraw`,
  /** The same for somebody who is signed in. */
  mine: (slug: string) => `/${slug}/application`,
  withdrawMine: (slug: string) => `/${slug}/application/withdraw`,
  list: (slug: string) => `/${slug}/team/applications`,
  record: (slug: string) => `/${slug}/team/applications/new`,
  same: (slug: string, number: number, personId: number) =>
    `/${slug}/team/applications/${number}/same-person/${personId}`,
  times: (slug: string) => `/${slug}/team/applications/times`,
  takeAwayTime: (slug: string, id: number) => `/${slug}/team/applications/times/${id}/take-away`,
  chooseTime: (slug: string, token: string) => `/${slug}/application/${token}/time`,
  chooseMyTime: (slug: string) => `/${slug}/application/time`,
  mails: (slug: string) => `/${slug}/team/applications/e-mails`,
  handInMail: (slug: string) => `/${slug}/team/applications/e-mails/new`,
  mail: (slug: string, id: number) => `/${slug}/team/applications/e-mails/${id}`,
  mailFile: (slug: string, id: number, file: number) =>
    `/${slug}/team/applications/e-mails/${id}/files/${file}`,
  one: (slug: string, number: number) => `/${slug}/team/applications/${number}`,
  person: (slug: string, id: number) => `/${slug}/team/people/${id}`,
  do: (slug: string, number: number, step: string) => `/${slug}/team/applications/${number}/${step}`,
}
