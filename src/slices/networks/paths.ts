const at = (slug: string, rest = '') => `/${slug}${rest}`

export const networkPaths = {
  front: (slug: string) => at(slug),
  governance: (slug: string) => at(slug, '/governance'),
  priorities: (slug: string) => at(slug, '/priorities'),
  group: (slug: string, group: string) => at(slug, `/groups/${group}`),
  groupPeople: (slug: string, group: string) => at(slug, `/groups/${group}/people`),
  groupRules: (slug: string, group: string) => at(slug, `/groups/${group}/rules`),
  complain: (slug: string) => at(slug, '/data-protection-complaint'),
  complaintReceived: (slug: string, receipt: string) =>
    at(slug, `/data-protection-complaint/received/${receipt}`),
  complaintReaders: (slug: string) => at(slug, '/team/data-complaints/readers'),
  complaints: (slug: string) => at(slug, '/team/data-complaints'),
  complaint: (slug: string, reference: string) => at(slug, `/team/data-complaints/${reference}`),
}
