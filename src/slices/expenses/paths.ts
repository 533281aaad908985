/** Typed addresses; `reference` is 'E-12', of a booking 'B-4'. */
const at = (slug: string, rest = '') => `/${slug}/expenses${rest}`

export const expensePaths = {
  mine: (slug: string) => at(slug),
  new: (slug: string) => at(slug, '/new'),
  newFor: (slug: string, person: number) => at(slug, `/for/${person}`),
  book: (slug: string) => at(slug, '/book'),
  bookFor: (slug: string, person: number) => at(slug, `/book/for/${person}`),
  booking: (slug: string, reference: string) => at(slug, `/bookings/${reference}`),
  bookingStep: (slug: string, reference: string, step: 'answer' | 'withdraw') =>
    at(slug, `/bookings/${reference}/${step}`),
  claim: (slug: string, reference: string) => at(slug, `/${reference}`),
  do: (slug: string, reference: string, step: ClaimStep) => at(slug, `/${reference}/${step}`),
  file: (slug: string, reference: string, file: number) => at(slug, `/${reference}/files/${file}`),
  all: (slug: string) => `/${slug}/team/expenses`,
  csv: (slug: string) => `/${slug}/team/expenses/expenses.csv`,
  rates: (slug: string) => `/${slug}/team/expenses/rates`,
}

export type ClaimStep = 'add' | 'remove' | 'send' | 'yes' | 'no' | 'paid' | 'withdraw'
