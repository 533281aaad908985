import * as house from './0001-house.ts'
import * as signIn from './0002-sign-in.ts'
import * as contributions from './0003-contributions.ts'
import * as chairRequests from './0004-chair-requests.ts'
import * as youSaidWeDid from './0005-you-said-we-did.ts'
import * as registration from './0006-registration.ts'
import * as dataComplaints from './0007-data-complaints.ts'
import * as delivery from './0008-delivery.ts'
import * as found from './0009-found.ts'
import * as board from './0010-board.ts'
import * as papers from './0011-papers.ts'
import * as votes from './0012-votes.ts'
import * as agenda from './0013-agenda.ts'
import * as plan from './0014-plan.ts'
import * as minutes from './0015-minutes.ts'
import * as packs from './0016-packs.ts'
import * as interests from './0017-interests.ts'
import * as peopleAndTrust from './0018-people-and-trust.ts'
import * as intake from './0019-intake.ts'
import * as needs from './0020-needs.ts'
import * as induction from './0021-induction.ts'
import * as concerns from './0022-concerns.ts'
import * as rights from './0023-rights.ts'
import * as work from './0024-work.ts'
import * as talk from './0025-talk.ts'
import * as network from './0026-network.ts'
import * as api from './0027-api.ts'
import * as mail from './0028-mail.ts'
import * as notify from './0029-notify.ts'
import * as joining from './0030-joining.ts'
import * as languages from './0031-languages.ts'
import * as device from './0032-device.ts'
import * as imports from './0033-imports.ts'
import * as help from './0034-help.ts'
import * as ownSpaceMessages from './0035-own-space-messages.ts'
import * as mailOut from './0036-mail-out.ts'
import * as mailIn from './0037-mail-in.ts'
import * as notifyAgain from './0038-notify.ts'
import * as invitations from './0039-joining.ts'
import * as onDevice from './0041-device.ts'
import * as signInElsewhere from './0042-sign-in-elsewhere.ts'
import * as connections from './0044-connections.ts'
import * as concernHold from './0045-concern-hold.ts'
import * as interestsEnd from './0046-interests-end.ts'
import * as languagesOfPages from './0047-languages.ts'
import * as messagesInLanguages from './0048-messages-in-languages.ts'
import * as translations from './0049-translations.ts'
import type { Owner } from './migration.ts'

/** In order, forward only. A number never changes once released. */
export const migrations: Record<string, { up(db: Owner): Promise<void> }> = {
  '0001-house': house,
  '0002-sign-in': signIn,
  '0003-contributions': contributions,
  '0004-chair-requests': chairRequests,
  '0005-you-said-we-did': youSaidWeDid,
  '0006-registration': registration,
  '0007-data-complaints': dataComplaints,
  '0008-delivery': delivery,
  '0009-found': found,
  '0010-board': board,
  '0011-papers': papers,
  '0012-votes': votes,
  '0013-agenda': agenda,
  '0014-plan': plan,
  '0015-minutes': minutes,
  '0016-packs': packs,
  '0017-interests': interests,
  '0018-people-and-trust': peopleAndTrust,
  '0019-intake': intake,
  '0020-needs': needs,
  '0021-induction': induction,
  '0022-concerns': concerns,
  '0023-rights': rights,
  '0024-work': work,
  '0025-talk': talk,
  '0026-network': network,
  '0027-api': api,
  '0028-mail': mail,
  '0029-notify': notify,
  '0030-joining': joining,
  '0031-languages': languages,
  '0032-device': device,
  '0033-imports': imports,
  '0034-help': help,
  '0035-own-space-messages': ownSpaceMessages,
  '0036-mail-out': mailOut,
  '0037-mail-in': mailIn,
  '0038-notify': notifyAgain,
  '0039-joining': invitations,
  '0041-device': onDevice,
  '0042-sign-in-elsewhere': signInElsewhere,
  '0044-connections': connections,
  '0045-concern-hold': concernHold,
  '0046-interests-end': interestsEnd,
  '0047-languages': languagesOfPages,
  '0048-messages-in-languages': messagesInLanguages,
  '0049-translations': translations,
}
