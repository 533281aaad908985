import { z } from 'zod'
import { Form, InsetText, TextField } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { readReference, reference } from '#kernel/references.ts'
import { text } from '#platform/form/fields.ts'
import { type AnyRoute, errors, form, type Screen, type Visit } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { contributionPaths } from '../paths.ts'
import { readReceiptCode } from './receipt.ts'

const title = 'Check a receipt'
const notFound =
  'This reference and this code do not belong together. Look at your receipt again, or ring us and we will help'

/** LOOP-3: anyone can check that a reference was received on a day, and nothing else. */
export const receiptRoutes: readonly AnyRoute[] = [
  form('/:network/receipt', {
    who: anyone,
    audit: 'nothing',
    limit: { name: 'receipt', uses: 20, minutes: 15 },
    fields: z.object({
      reference: text('Enter the reference, like C-1042', { max: 20, name: 'Reference' }),
      code: text('Enter the receipt code', { max: 40, name: 'Receipt code' }),
    }),
    screen: (visit: Visit, filled): Screen => ({
      title,
      body: (
        <>
          <p>
            Your receipt has a reference and a code. With both you can check that we received what you sent,
            and on which day. This page shows nothing else.
          </p>
          <Form hidden={visit.hidden} button="Check">
            <TextField
              name="reference"
              label="Reference"
              hint="For example C-1042"
              width={10}
              spellCheck={false}
              errors={filled.errors}
              value={filled.values.reference}
            />
            <TextField
              name="code"
              label="Receipt code"
              hint="10 letters and numbers, for example ACDEF-34679"
              width={20}
              spellCheck={false}
              autoCapitalize="characters"
              errors={filled.errors}
              value={filled.values.code}
            />
          </Form>
        </>
      ),
    }),
    submit: async (visit, fields) => {
      const number = readReference('C', fields.reference)
      const code = readReceiptCode(fields.code)
      const found =
        number === undefined || code === undefined
          ? undefined
          : await visit.tx
              .selectFrom('contribution')
              .select('received_at')
              .where('receipt_code', '=', code)
              .where('number', '=', number)
              .executeTakeFirst()
      // Never which of the two was wrong: that would tell which references there are.
      if (!found || number === undefined) return errors({ message: notFound })
      const day = found.received_at.toZonedDateTimeISO('Europe/London').toPlainDate()
      return {
        screen: {
          title: 'This receipt is right',
          body: (
            <>
              <InsetText>
                {visit.network.name} received {reference('C', number)} on {dateInWords(day)}.
              </InsetText>
              <p>
                <a href={contributionPaths.receipt(visit.network.slug)}>Check another receipt</a>
              </p>
            </>
          ),
        },
      }
    },
  }),
]
