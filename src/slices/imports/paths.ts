export const importPaths = {
  all: (slug: string) => `/${slug}/team/import`,
  part: (slug: string, kind: string) => `/${slug}/team/import/${kind}`,
  template: (slug: string, kind: string) => `/${slug}/team/import/${kind}/template.csv`,
  run: (slug: string, id: number | string) => `/${slug}/team/import/runs/${id}`,
  undo: (slug: string, id: number | string) => `/${slug}/team/import/runs/${id}/undo`,
  mail: (slug: string) => `/${slug}/team/past-mail`,
  newMail: (slug: string) => `/${slug}/team/past-mail/new`,
  oneMail: (slug: string, id: number | string) => `/${slug}/team/past-mail/${id}`,
}
