/** Typed addresses of this room. */
export const needsPaths = {
  mine: (slug: string, part = '') => `/${slug}/account/needs${part && `/${part}`}`,
  ofPerson: (slug: string, personId: number, part = '') =>
    `/${slug}/team/people/${personId}/needs${part && `/${part}`}`,
  list: (slug: string, show?: string) => `/${slug}/team/needs${show ? `?show=${show}` : ''}`,
  promise: (slug: string, id: number) => `/${slug}/team/needs/promises/${id}`,
  choices: (slug: string) => `/${slug}/team/needs/choices`,
  report: (slug: string) => `/${slug}/team/needs/report`,
  ofMeeting: (slug: string, meeting: string) => `/${slug}/meetings/${meeting}/needs`,
  after: (slug: string, meeting: string) => `/${slug}/meetings/${meeting}/needs-met`,
}
