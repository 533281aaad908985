import type { Word } from './word.ts'

const word = (name: string, meaning: string, ...also: string[]): Word => ({ word: name, also, meaning })

/** What a new network's list begins with: words that papers use and not everybody knows. */
export const defaultWords: readonly Word[] = [
  word(
    'AHP',
    'Allied health professional: somebody trained in health who is neither a doctor nor a nurse. A radiographer is one.',
  ),
  word(
    'AI',
    'Artificial intelligence: a computer program that has learned from many examples, for instance to find something on an image.',
  ),
  word('Backlog', 'Work that should have been done and still waits.'),
  word(
    'CDC',
    'Community diagnostic centre: a place near home for tests and scans, away from a big hospital.',
    'community diagnostic centre',
  ),
  word('CT', 'A scan that takes many X-rays from all sides, in seconds.'),
  word('DNA', 'Did not attend: somebody had an appointment and did not come. Often there is a good reason.'),
  word(
    'ICB',
    'Integrated care board: the body that plans and pays for NHS care in an area.',
    'integrated care board',
  ),
  word(
    'ICS',
    'Integrated care system: NHS bodies, councils and others in an area who work together.',
    'integrated care system',
  ),
  word(
    'Interventional radiology',
    'Treatment through a tiny cut, guided by images, instead of a larger operation.',
  ),
  word('KPI', 'Key performance indicator: a number by which one sees how well something goes.'),
  word('Modality', 'A kind of scan: X-ray, CT, MRI and ultrasound are modalities.', 'modalities'),
  word(
    'MRI',
    'A scan with a strong magnet and no X-rays. It is slow and loud, and shows soft parts of the body best.',
  ),
  word('ODS code', 'A short code that the NHS gives to each of its bodies, such as a Trust.'),
  word('PACS', 'The computer system that keeps images and shows them to staff.'),
  word(
    'PALS',
    'Patient Advice and Liaison Service: in each hospital, people who help when care went wrong or something is not clear.',
  ),
  word('Pathway', 'All steps of somebody’s care, from the first visit to the end.'),
  word(
    'PPIE',
    'Patient and public involvement and engagement: making decisions with the people they are about.',
    'PPI',
  ),
  word('Procurement', 'Buying for the NHS, by rules that keep it fair.'),
  word('Protocol', 'Written steps for how something is done, the same each time.'),
  word('Quorum', 'How many members must be there so that a group can decide.'),
  word('Radiographer', 'Somebody trained to take images and to treat with rays.'),
  word('Radiologist', 'A doctor who reads images and says what they show.'),
  word('Reporting', 'Reading an image and writing down what it shows.', 'reported'),
  word('RIS', 'The computer system that keeps bookings and reports of scans.'),
  word(
    'SIG',
    'Special interest group: people who know one subject well and give advice to the board.',
    'special interest group',
  ),
  word('Terms of reference', 'The page that says what a group is for, who is in it and how it decides.'),
  word('Ultrasound', 'A scan with sound that nobody can hear, and no X-rays.'),
  word('Workstream', 'A group that gets one piece of work done and then ends.'),
]
