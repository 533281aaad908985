import type { Channel } from '#platform/database/tables.ts'
import type { Post, Role } from '#platform/permission.ts'

/** Somebody of the demonstration. Every name is invented; numbers are of Ofcom's drama range, addresses of example.org. */
export interface DemoPerson {
  readonly name: string
  /** For `/demo/sign-in`, where somebody checks the product as this person. */
  readonly key?: string
  readonly knownAs?: string
  /** E-mail unless said otherwise. */
  readonly channel?: Channel
  readonly noEmail?: true
  readonly phone?: string
  readonly address?: string
  readonly largePrint?: true
  readonly help?: string
  readonly in?: readonly Place[]
  readonly post?: Post
  readonly trustContactOf?: string
  /** True: has signed in before. Those with a key always have. */
  readonly signsIn?: true
  /** How long they have been in it. */
  readonly monthsHere?: number
  /** The same human with one sign-in in both networks. */
  readonly accountOf?: string
}

export interface Place {
  readonly group: string
  readonly role: Role
  readonly voting?: boolean
  readonly lay?: boolean
}

const volunteerOn = (group: string, voting = true): Place => ({ group, role: 'volunteer', voting, lay: true })
const memberOf = (group: string, voting = true): Place => ({ group, role: 'member', voting })
const board = 'operational-board'

export const wminPeople: readonly DemoPerson[] = [
  { key: 'volunteer-1', name: 'Rosa Thistlewood', phone: '07700 900101', in: [volunteerOn(board)] },
  {
    key: 'volunteer-2',
    name: 'Delroy Fennimore',
    phone: '07700 900102',
    in: [volunteerOn(board), volunteerOn('paediatric-sig')],
    help: 'Please send papers as Word, not PDF: my screen reader likes it better.',
  },
  {
    key: 'volunteer-3',
    name: 'Mei Larkspur',
    phone: '07700 900103',
    // The induction is not finished: no vote yet, and the page says why.
    in: [volunteerOn(board)],
    monthsHere: 1,
  },
  { key: 'applicant-1', name: 'Idris Oakhanger', phone: '07700 900104' },
  {
    key: 'sig-chair',
    name: 'Dr Sunita Marlbrook',
    knownAs: 'Sunita',
    phone: '0121 496 0111',
    in: [{ group: 'paediatric-sig', role: 'chair', voting: true }],
  },
  {
    key: 'sig-deputy',
    name: 'Callum Brackenridge',
    phone: '0121 496 0112',
    in: [{ group: 'paediatric-sig', role: 'deputy', voting: true }],
  },
  {
    key: 'sig-member',
    name: 'Agnieszka Hollowfinch',
    phone: '0121 496 0113',
    in: [memberOf('paediatric-sig')],
  },
  {
    key: 'other-sig-chair',
    name: 'Dr Femi Castlebury',
    knownAs: 'Femi',
    phone: '0121 496 0114',
    in: [{ group: 'mri-sig', role: 'chair', voting: true }],
  },
  {
    key: 'board-chair',
    name: 'Margaret Ellowby',
    phone: '0121 496 0115',
    in: [{ group: board, role: 'chair', voting: true }],
  },
  { key: 'board-member-1', name: 'Harjit Pendlewood', phone: '0121 496 0116', in: [memberOf(board)] },
  { key: 'board-member-2', name: 'Owen Merrivale', phone: '0121 496 0117', in: [memberOf(board)] },
  { key: 'board-member-3', name: 'Chidi Aldercote', phone: '0121 496 0118', in: [memberOf(board)] },
  { key: 'co-ordinator', name: 'Nadia Featherlow', phone: '0121 496 0119', post: 'co-ordinator' },
  { key: 'portfolio-manager', name: 'Tom Windlebury', phone: '0121 496 0120', post: 'portfolio-manager' },
  {
    key: 'director',
    name: 'Dr Yasmin Copperdale',
    knownAs: 'Yasmin',
    phone: '0121 496 0121',
    post: 'director',
  },
  {
    key: 'trust-contact',
    name: 'Lorraine Stavebrook',
    phone: '0121 496 0122',
    trustContactOf: 'the-dudley-group',
  },
  { key: 'administrator', name: 'Piotr Greenwick', phone: '0121 496 0123', post: 'administrator' },
  // Outside the team: reads concerns that are about both who lead it.
  { key: 'independent-contact', name: 'Ruth Amberleigh', phone: '0121 496 0134' },
  // One sign-in, two networks: the header lets her switch.
  {
    key: 'in-two-networks',
    name: 'Beatrix Summerfold',
    phone: '07700 900105',
    in: [volunteerOn('mri-sig'), volunteerOn('digital')],
  },
  // The same service by every channel, without a sign-in.
  {
    name: 'Albert Quillfeather',
    channel: 'phone',
    noEmail: true,
    phone: '0121 496 0131',
    help: 'Please ring in the morning, and give me time to find my notes.',
    in: [volunteerOn('ct-sig')],
  },
  {
    name: 'Winifred Lambswick',
    channel: 'post',
    noEmail: true,
    address: '14 Invented Lane, Dudley',
    largePrint: true,
    help: 'Large print, please. I write back by hand.',
    in: [volunteerOn('pathways')],
  },
  { name: 'Kofi Rushmere', channel: 'text', phone: '07700 900106', in: [volunteerOn('plain-film-sig')] },
  {
    name: 'Samira Wellowbank',
    phone: '07700 900107',
    in: [volunteerOn('paediatric-sig'), volunteerOn('pathways')],
    signsIn: true,
    monthsHere: 5,
  },
  {
    name: 'Geraint Foxcote',
    phone: '07700 900108',
    help: 'I live in Powys and like a word of Welsh.',
    in: [volunteerOn('mri-sig')],
    signsIn: true,
  },
  {
    name: 'Bettina Crowhurst',
    channel: 'phone',
    noEmail: true,
    phone: '0121 496 0132',
    in: [volunteerOn('breast-sig')],
  },
  {
    name: 'Ravi Sandlebrook',
    phone: '07700 900109',
    in: [volunteerOn(board), volunteerOn('digital')],
    signsIn: true,
    monthsHere: 9,
  },
  {
    name: 'Ottoline Peverell-Gray',
    phone: '0121 496 0124',
    in: [{ group: 'ct-sig', role: 'chair', voting: true }],
  },
  {
    name: 'Mohan Ferncastle',
    phone: '0121 496 0125',
    in: [{ group: 'mri-sig', role: 'deputy', voting: true }],
  },
  {
    name: 'Halina Stroudmoor',
    phone: '0121 496 0126',
    in: [{ group: 'digital', role: 'chair', voting: true }, memberOf(board)],
  },
  {
    name: 'Ewan Tidebrook',
    phone: '0121 496 0127',
    in: [{ group: 'pathways', role: 'chair', voting: true }, memberOf(board)],
  },
  { name: 'Adaeze Northfold', phone: '0121 496 0128', in: [memberOf('paediatric-sig')] },
  { name: 'Lionel Garrowby', phone: '0121 496 0129', in: [memberOf('mri-sig'), memberOf('digital')] },
  {
    name: 'Constance Ivermere',
    phone: '0121 496 0130',
    in: [{ group: 'plain-film-sig', role: 'chair', voting: true }],
  },
  {
    name: 'Zainab Hartlewick',
    phone: '0121 496 0133',
    in: [{ group: 'breast-sig', role: 'chair', voting: true }, memberOf('pathways')],
  },
]

export const examplePeople: readonly DemoPerson[] = [
  { key: 'other-volunteer', name: 'Juniper Blackwater', phone: '07700 900201', in: [volunteerOn(board)] },
  { key: 'other-co-ordinator', name: 'Stefan Applegarth', phone: '0113 496 0101', post: 'co-ordinator' },
  { key: 'other-director', name: 'Noor Whitlatch', phone: '0113 496 0102', post: 'director' },
  {
    name: 'Beatrix Summerfold',
    phone: '07700 900105',
    accountOf: 'in-two-networks',
    in: [volunteerOn(board)],
  },
  {
    name: 'Pascoe Redfern-Hill',
    phone: '0113 496 0103',
    in: [{ group: board, role: 'chair', voting: true }],
  },
  {
    name: 'Tamsin Overbury',
    phone: '0113 496 0104',
    in: [{ group: 'x-ray-sig', role: 'chair', voting: true }, memberOf(board)],
  },
  { name: 'Bola Kingswinter', channel: 'text', phone: '07700 900202', in: [volunteerOn('x-ray-sig')] },
]
