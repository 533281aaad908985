export const roleWords: Record<string, string> = {
  chair: 'chair',
  deputy: 'deputy chair',
  member: 'member',
  volunteer: 'volunteer',
}
export const postWords: Record<string, string> = {
  'co-ordinator': 'Co-ordinator',
  'portfolio-manager': 'Network Portfolio Manager',
  director: 'Network Director',
  administrator: 'Administrator',
}
