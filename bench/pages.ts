/** A page that is measured. */
export interface Measured {
  readonly kind: string
  /** Signed in as; nobody for a public page. */
  readonly who?: 'volunteer' | 'co-ordinator'
  /** Several addresses, so that not one row is warm for all. */
  readonly paths: (size: number) => readonly string[]
  /** The answers of a form that is sent. */
  readonly form?: Readonly<Record<string, string>>
}

/** References of one network, spread over all that it has. */
const references = (size: number, count: number, of = (n: number) => n) =>
  Array.from({ length: count }, (_, at) => 1001 + of(Math.floor(((size / 50 - 20) * at) / count)))

// What the product promises to keep fast (HOUSE-12).
export const measured: readonly Measured[] = [
  { kind: 'public-list', paths: () => ['/bench-1/you-said-we-did'] },
  { kind: 'home', who: 'volunteer', paths: () => ['/bench-1/home'] },
  { kind: 'signed-in-list', who: 'volunteer', paths: () => ['/bench-1/contributions'] },
  {
    kind: 'contribution',
    who: 'co-ordinator',
    paths: size => references(size, 40).map(number => `/bench-1/contributions/C-${number}`),
  },
  {
    kind: 'search',
    who: 'volunteer',
    paths: () =>
      ['hearing loop', 'interpreter', 'parkng', 'children afraid', 'weekend appointments'].map(
        words => `/bench-1/search?q=${encodeURIComponent(words)}`,
      ),
  },
  {
    kind: 'write',
    who: 'volunteer',
    // Contributions that the board will consider (every twelfth), to which a member of it adds a view.
    paths: size =>
      references(size, 20, n => n - (n % 12) + 8).map(number => `/bench-1/contributions/C-${number}/view`),
    form: { words: 'I saw the same last week and would be glad if this were looked at soon.' },
  },
]
