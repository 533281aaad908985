import { choiceSetting } from '#platform/network-settings.ts'

/** What happens without an agreement after its day; the database reads it too (`agreement_owed`). */
export const withoutAgreement = choiceSetting({
  name: 'agreement-missing',
  title: 'When somebody has not agreed by the day',
  hint: 'Whatever you choose, the person is told beforehand, sees why, and can talk with the team first.',
  usual: 'reminder',
  options: [
    { value: 'nothing', text: 'Nothing happens' },
    { value: 'reminder', text: 'They are reminded, and the team sees it' },
    { value: 'no-papers', text: 'They get no papers of groups until they agree' },
    { value: 'no-vote', text: 'They do not vote until they agree' },
  ],
})
