import type { Slice } from '#platform/http/route.ts'
import { anInsider, anyone, theTeam } from '#platform/permission.ts'
import { lateLearning, learningDue } from './clockwork.ts'
import { held, kept, leaving } from './holding.ts'
import { findLearning, learningAtHome, learningInWeek } from './home.ts'
import { learningPaths } from './paths.ts'
import { teamRoutes } from './team.tsx'
import { wishRoutes } from './wishes.tsx'
import { wordRoutes } from './words.tsx'

export {
  answerWish,
  askForWord,
  declineWord,
  explainWord,
  giveDefaultWords,
  putWishInSession,
  shareWish,
  wishToKnow,
} from './changes.ts'
export { WordsFound } from './found.tsx'
export { type ListedWord, loadWish, wordList } from './queries.ts'
export { wordsIn } from './word.ts'
export { learningPaths }

export const learning: Slice = {
  name: 'learning',
  // Addresses with words of their own come before those where a number may stand.
  routes: [...wordRoutes, ...teamRoutes, ...wishRoutes],
  due: learningDue,
  home: learningAtHome,
  search: findLearning,
  late: lateLearning,
  week: learningInWeek,
  held,
  leaving,
  kept,
  settings: kept.map(each => each.months),
  doors: [
    {
      in: 'home',
      text: 'Learning',
      hint: 'Ask to know more, sessions, and a library of answers',
      path: learningPaths.front,
      who: anInsider,
      order: 62,
    },
    {
      in: 'network',
      text: 'Words explained',
      hint: 'What words in papers mean',
      path: learningPaths.words,
      who: anyone,
      order: 60,
    },
    {
      in: 'team',
      text: 'Wishes to know more',
      hint: 'Answer them, or put them into a session',
      path: learningPaths.team,
      who: theTeam,
      order: 42,
      under: 'What people say',
    },
    {
      in: 'team',
      text: 'Word list',
      hint: 'Plain meanings, and words that people asked for',
      path: learningPaths.teamWords,
      who: theTeam,
      order: 43,
      under: 'The network',
    },
  ],
}
