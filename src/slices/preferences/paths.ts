/** Three doors to the same choices: one's own account, the team for somebody, and the link in a message. */
export const preferencePaths = {
  mine: (slug: string, part = '') => `/${slug}/account/preferences${part && `/${part}`}`,
  ofPerson: (slug: string, personId: number, part = '') =>
    `/${slug}/team/people/${personId}/preferences${part && `/${part}`}`,
  byLink: (slug: string, token: string, part = '') => `/${slug}/preferences/${token}${part && `/${part}`}`,
}
