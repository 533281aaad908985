import { Empty, Reference, SearchBox } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { askTogether, type Question } from '#platform/database/questions.ts'
import { type AnyRoute, page, type SearchHit, type Slice, show, type Visit } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { merge } from './merge.ts'
import { searchPaths } from './paths.ts'
import { searchWords } from './words.ts'

const mostShown = 50
/** The one part that answers somebody who is not signed in: what is published. */
const openToVisitors = 'you-said-we-did'

/**
 * Each slice answers for its own things with its own rule of permission, so nothing is found here that the person
 * could not open (LOOP-21). What is looked for is kept nowhere.
 */
export function searchRoute(parts: () => readonly Slice[]): AnyRoute {
  return page('/:network/search', {
    who: anyone,
    audit: 'nothing',
    limit: { name: 'search', uses: 150, minutes: 5 },
    async handler(visit) {
      const words = searchWords(visit.query.get('q'))
      const asked = visit.query.get('q') !== null
      const hits = words === '' ? [] : await find(visit, parts(), words)
      return show({
        title: words === '' ? 'Search' : `Search: ${theirs(words)}`,
        body: (
          <>
            <SearchBox
              action={searchPaths.search(visit.network.slug)}
              label="What are you looking for?"
              hint={
                visit.actor
                  ? 'Words, a name, or a reference like C-1042. You find what you may see.'
                  : 'Words, or a reference like C-1042. You find what is published.'
              }
              value={words}
            />
            {asked && words === '' && <p>Type a word, a name or a reference to look for.</p>}
            {words !== '' && <Results hits={hits} signedIn={visit.actor !== undefined} />}
          </>
        ),
      })
    },
  })
}

async function find(visit: Visit, slices: readonly Slice[], words: string): Promise<SearchHit[]> {
  const questions = slices
    .filter(slice => visit.actor || slice.name === openToVisitors)
    .map(slice => slice.search?.(visit, words))
    .filter((each): each is Question<readonly SearchHit[]> => each !== undefined)
  return merge(await askTogether(visit.tx, questions), mostShown)
}

function Results({ hits, signedIn }: { hits: readonly SearchHit[]; signedIn: boolean }) {
  if (hits.length === 0) {
    return (
      <Empty>
        We found nothing with these words. Try fewer words, or another word for the same thing.
        {signedIn ? '' : ' When you sign in, you can also find what is not published.'}
      </Empty>
    )
  }
  return (
    <>
      <h2>
        {hits.length === mostShown
          ? `The best ${mostShown} results`
          : `${hits.length} ${hits.length === 1 ? 'result' : 'results'}`}
      </h2>
      <ol className="nhsuk-list loop-links">
        {hits.map(hit => (
          <li key={hit.href}>
            <a className="nhsuk-link" href={hit.href}>
              {theirs(hit.title)}
            </a>
            <div className="loop-links__hint">
              {hit.kind}
              {hit.reference && (
                <>
                  {' '}
                  <Reference>{hit.reference}</Reference>
                </>
              )}
              . {hit.why}.
            </div>
            {hit.piece && (
              <div className="loop-break" dir="auto">
                {hit.piece}
              </div>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
