import * as views from '#slices/contributions/index.ts'
import { changePreferences, loadPreferences } from '#slices/preferences/index.ts'
import { acknowledged, agreed, done, fedBack, onThread, type Step, scenesOf } from './view-scenes.ts'
import { doingAt, personId, type Scene } from './world.ts'

const who = 'Samira Wellowbank'

/** A translation that the co-ordinator was given by somebody who is not of the network. */
const translated = (
  onDay: number,
  which: 'words' | 'answer',
  languageFrom: string,
  language: string,
  words: string,
): Step =>
  onThread(
    onDay,
    () => 'co-ordinator',
    (doing, loaded) =>
      views.translateContribution(doing, loaded, which, {
        languageFrom,
        language,
        words,
        translator: { name: 'Amina Khan', from: 'community interpreter' },
        professional: false,
      }),
  )

const asksForUrdu: Scene = {
  day: -46,
  order: 0,
  about: who,
  async play(world, at) {
    const doing = doingAt(world, who, at)
    const now = await loadPreferences(world.tx, personId(world, who), { forChange: true })
    await changePreferences(doing, now!, { language: 'ur' }, 'page')
  },
}

/** One view that was said in Urdu, and answered so that its writer can read it. Told last: no number before it moves. */
export const translatedScenes = (slug: string): Scene[] =>
  slug !== 'wmin'
    ? []
    : [
        asksForUrdu,
        ...scenesOf(
          {
            title: 'A line in Urdu on letters for children’s scans',
            by: who,
            on: -45,
            kind: 'experience',
            words:
              'میری والدہ انگریزی نہیں پڑھتیں۔ میرے بھتیجے کے سکین کا خط صرف انگریزی میں تھا، اس لیے انہوں نے اسے صبح سے کچھ نہیں کھلایا، حالانکہ اس کی ضرورت نہیں تھی۔ کیا خط پر ایک تصویر، یا اردو میں ایک سطر ہو سکتی ہے؟',
            wish: 'paediatric-sig',
            priority: 'patient-care',
            site: 'birmingham-childrens-hospital',
            steps: [
              translated(
                -44,
                'words',
                'ur',
                'en',
                'My mother does not read English. The letter for my nephew’s scan was in English only, so she gave him nothing to eat from the morning on, although there was no need for it. Could there be a picture on the letter, or one line in Urdu?',
              ),
              acknowledged(-43, 'paediatric-sig', { by: -30 }),
              agreed(
                -32,
                {
                  tookPart:
                    'Dr Sunita Marlbrook, Callum Brackenridge, Agnieszka Hollowfinch and Samira Wellowbank',
                  said: 'Nobody should be hungry because of a letter. A picture helps every family.',
                  because: 'A picture of a plate says it in every language, and costs nothing.',
                },
                ['Put a picture and one line in six languages on the letter', 'sig-deputy', -12],
              ),
              done(-10, 'The letter has a picture of a plate, and one line in six languages.'),
              fedBack(
                -5,
                'A child went hungry because nobody at home could read the letter.',
                'Letters for children’s scans now say with a picture whether to eat. One line in Urdu says whom to ring.',
                'We ask twenty families in spring whether it helped.',
              ),
              translated(
                -4,
                'answer',
                'en',
                'ur',
                [
                  'آپ نے کہا: بچوں کے سکین کے خط پر اردو میں ایک سطر۔',
                  'ہم نے سمجھا: ایک بچہ بھوکا رہا کیونکہ گھر میں کوئی خط نہیں پڑھ سکتا تھا۔',
                  'ہم نے کیا کیا: اب بچوں کے سکین کے خط پر ایک تصویر بتاتی ہے کہ کھانا ہے یا نہیں۔ اردو میں ایک سطر بتاتی ہے کہ کسے فون کریں۔',
                  'آگے کیا ہو گا: ہم بہار میں بیس خاندانوں سے پوچھیں گے کہ کیا اس سے مدد ملی۔',
                ].join('\n\n'),
              ),
            ],
          },
          0,
        ),
      ]
