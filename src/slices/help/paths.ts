export const helpPaths = {
  page: (slug: string, of: string) => `/${slug}/help/page?${new URLSearchParams({ of })}`,
  problem: (slug: string, of: string) => `/${slug}/help/problem?${new URLSearchParams({ of })}`,
  thanks: (slug: string) => `/${slug}/help/problem/thank-you`,
  firstSteps: (slug: string) => `/${slug}/first-steps`,
  problems: (slug: string) => `/${slug}/team/page-problems`,
  oneProblem: (slug: string, id: number | string) => `/${slug}/team/page-problems/${id}`,
}
