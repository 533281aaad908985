import { Details, telephone, WarningCallout } from '#design/index.ts'

/**
 * On every page where people write freely (R71): nothing that shows who a patient is, whom to ring in danger, and
 * where to complain about care. It never stops anybody from sending.
 */
export function Signpost({ phone }: { phone: string | null }) {
  return (
    <WarningCallout title="Before you write">
      <ul className="nhsuk-list nhsuk-list--bullet">
        <li>Please leave out names and anything that shows who a patient is.</li>
        <li>
          If somebody is in danger, ring <a href="tel:999">999</a>. If you need medical help now, ring{' '}
          <a href="tel:111">111</a>.
        </li>
        <li>
          If you are worried about care that you or somebody else had, the Patient Advice and Liaison Service
          (PALS) at the hospital can help you to put it right. What you write here does not reach them.
        </li>
        {phone && (
          <li>
            If you are not sure, ring us on <a href={telephone(phone)}>{phone}</a>.
          </li>
        )}
      </ul>
    </WarningCallout>
  )
}

/** The same, folded, for pages where it was said before. */
export function ShortSignpost({ phone }: { phone: string | null }) {
  return (
    <Details summary="If somebody is in danger, or you are worried about care">
      <p>
        Ring <a href="tel:999">999</a> if somebody is in danger, or <a href="tel:111">111</a> for medical help
        now. For worries about care, talk to the Patient Advice and Liaison Service (PALS) at the hospital.
        {phone && (
          <>
            {' '}
            If you are not sure, ring us on <a href={telephone(phone)}>{phone}</a>.
          </>
        )}
      </p>
    </Details>
  )
}
