export const endingPaths = {
  list: (slug: string) => `/${slug}/endings`,
  one: (slug: string, id: number) => `/${slug}/endings/${id}`,
  step: (slug: string, id: number, step: 'reply' | 'decide' | 'take-back') =>
    `/${slug}/endings/${id}/${step}`,
  open: (slug: string, personId: number) => `/${slug}/team/people/${personId}/ending`,
}
