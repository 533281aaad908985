import type { GroupSource } from './source.ts'

/** Priorities, projects and words about the groups: invented for the demonstration beside the network's own facts. */
export interface Topic {
  readonly slug: string
  readonly title: string
  readonly about: string
}

/** The three that the network names on its page. */
export const wminPriorities: readonly Topic[] = [
  {
    slug: 'training-staff',
    title: 'Training staff',
    about:
      'More people who can take and read scans, and staff who know how to make a scan easier for everyone.',
  },
  {
    slug: 'digital-tools',
    title: 'Improving digital tools',
    about:
      'Hospitals that can see each other’s scans, so that nobody has the same scan twice, and letters and results that are easy to find.',
  },
  {
    slug: 'patient-care',
    title: 'Other aspects of patient care',
    about:
      'Everything else that makes a scan better for the person who has it: waiting, getting there, being heard.',
  },
]

export const wminProjects: readonly Topic[] = [
  {
    slug: 'letters-people-can-read',
    title: 'Letters people can read',
    about: 'One plain letter for every scan, made with patients. (An example for this demonstration.)',
  },
  {
    slug: 'shared-picture-archive',
    title: 'One place for scans',
    about: 'Doctors in one hospital can see a scan taken in another. (An example for this demonstration.)',
  },
  {
    slug: 'first-scan-for-children',
    title: 'My first scan',
    about: 'Films and stories that show children what will happen. (An example for this demonstration.)',
  },
]

export const examplePriorities: readonly Topic[] = [
  { slug: 'training-staff', title: 'Training staff', about: 'More people who can take and read scans.' },
  {
    slug: 'digital-tools',
    title: 'Improving digital tools',
    about: 'Hospitals that see each other’s scans.',
  },
]

export const exampleProjects: readonly Topic[] = [
  { slug: 'evening-scans', title: 'Evening scans', about: 'Scans after work and at weekends. (Invented.)' },
]

const aboutGroups: Readonly<Record<string, string>> = {
  'operational-board':
    'The Operational Board decides what the network does. Volunteers are members of it and vote, like everybody else there.',
  digital:
    'Works on scans, letters and results that go where they are needed, without paper and without waiting.',
  pathways: 'Looks at the whole way of a person through imaging: from the first letter to the result.',
  'paediatric-sig':
    'Doctors, radiographers and parents who want scans to be good for babies, children and young people.',
  'ct-sig': 'People who work with CT scans, and people who have had one.',
  'mri-sig': 'People who work with MRI scans, and people who have had one.',
  'ultrasound-sig': 'People who work with ultrasound, and people who have had one.',
  'plain-film-sig': 'People who work with X-rays, and people who have had one.',
  'nuclear-medicine-sig': 'People who work with scans that use a small amount of a radioactive medicine.',
  'breast-sig': 'People who work with breast imaging, and people who have had it.',
  'x-ray-sig': 'People who work with X-rays, and people who have had one.',
}

export function aboutGroup(group: GroupSource): string {
  return aboutGroups[group.id] ?? ''
}

/** "Paediatric SIG": how people say it. */
export function shortNameOf(group: GroupSource): string {
  return group.name.replace('Special Interest Group', 'SIG')
}
