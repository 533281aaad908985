import {
  assets,
  ButtonLink,
  Card,
  Checkboxes,
  CodeField,
  DateField,
  DefinitionNumbers,
  Details,
  EmailField,
  Empty,
  type FieldError,
  FileField,
  Filters,
  Form,
  type Frame,
  InsetText,
  LinkList,
  LoopStrip,
  NotificationBanner,
  Page,
  Pagination,
  Panel,
  PhoneField,
  Quote,
  Radios,
  Reference,
  SearchBox,
  Select,
  StatusTag,
  SummaryList,
  Table,
  TaskList,
  TextArea,
  TextField,
  Timeline,
  WarningCallout,
} from './index.ts'

// For tests and for looking at: every part once, with the awkward contents that real life brings.

export const galleryFrame: Frame = {
  network: {
    slug: 'wmin',
    name: 'West Midlands Imaging Network',
    shortName: 'WMIN',
    phone: '01632 960 001',
  },
  person: {
    name: 'Oluwaseun Featherstonehaugh',
    networks: [
      { slug: 'wmin', name: 'West Midlands Imaging Network' },
      { slug: 'example', name: 'Example Network' },
    ],
  },
  navigation: [
    { href: '/wmin/home', text: 'Home', current: true, count: 3 },
    { href: '/wmin/contributions', text: 'What people said' },
    { href: '/wmin/requests', text: 'Requests', count: 12 },
    { href: '/wmin/actions', text: 'Actions' },
    { href: '/wmin/you-said-we-did', text: 'You said, we did' },
  ],
  formToken: 'a-token',
  demo: true,
  stylesheet: assets().stylesheet.path,
  icon: assets().icon.path,
  now: '3 March 2027, 2:30pm',
}

const danger = `<script>alert("1")</script> & 'so on'`

export const galleryErrors: readonly FieldError[] = [
  { field: 'plain-title', message: 'Give it a short title' },
  { field: 'words', message: 'Tell us what you want to say' },
  { field: 'kind', message: 'Choose what kind of view this is' },
  { field: 'channels', message: 'Choose at least one way to reach you' },
  { field: 'group', message: 'Choose a group' },
  { field: 'heard-on', message: 'The date must be a real date' },
  { field: 'met-on-month', message: 'The date must have a month' },
  { field: 'evidence', message: 'The file must be smaller than 10 MB' },
  { message: 'Somebody else changed this while you were writing' },
]

export function Gallery({ errors = [] }: { errors?: readonly FieldError[] }) {
  return (
    <Page
      frame={galleryFrame}
      title="Waiting rooms with no clock"
      caption="C-1042"
      errors={errors}
      back={{ href: '/wmin/contributions', text: 'Back to what people said' }}
      wide
      before={
        errors.length === 0 && (
          <>
            <NotificationBanner success>We have sent your answer.</NotificationBanner>
            <NotificationBanner>The next meeting has moved to 9 March 2027.</NotificationBanner>
          </>
        )
      }
    >
      <LoopParts />
      <Lists />
      <Words />
      <AllFields errors={errors} />
    </Page>
  )
}

function LoopParts() {
  return (
    <>
      <LoopStrip
        documented={{ when: '3 March 2027' }}
        considered={{ when: '10 March 2027', words: 'Operational Board' }}
        actioned={{ words: 'Not yet: due by 30 April 2027' }}
        closed={{}}
      />
      <p>
        <StatusTag>Draft</StatusTag> <StatusTag tone="waiting">Will be considered</StatusTag>{' '}
        <StatusTag tone="moving">Agreed</StatusTag> <StatusTag tone="good">You closed this loop</StatusTag>{' '}
        <StatusTag tone="late">2 days late</StatusTag> <StatusTag tone="stopped">You withdrew this</StatusTag>
      </p>
      <Quote words={`There is no clock.\n\n  So nobody knows how long.\n${danger}`} by="Ada, 3 March 2027" />
      <Quote words="لا توجد ساعة في غرفة الانتظار" lang="ar" by="By phone, 4 March 2027" />
      <Quote words={'a'.repeat(400)} />
      <h2>What happened</h2>
      <Timeline
        entries={[
          {
            when: '3 March 2027, 2:30pm',
            dateTime: '2027-03-03T14:30Z',
            title: 'We have it',
            by: 'by email',
          },
          {
            when: '10 March 2027',
            title: 'Considered by the Operational Board',
            by: 'Ines Calder, chair',
            body: <Quote words="We want clocks in all rooms." />,
          },
          { when: '11 March 2027', title: 'Agreed: buy clocks' },
        ]}
      />
    </>
  )
}

function Lists() {
  return (
    <>
      <h2>What needs you</h2>
      <TaskList
        items={[
          {
            title: 'Say where C-1043 will be considered',
            href: '/wmin/contributions/C-1043',
            hint: 'From Mo, by phone',
            status: 'Late',
            dueWords: '2 working days late',
            late: true,
          },
          {
            title: 'Read the papers',
            href: '/wmin/meetings/4',
            status: 'To do',
            dueWords: 'by 9 March 2027',
          },
          { title: 'Induction', status: { words: 'Done', tone: 'good' } },
        ]}
      />
      <SummaryList
        rows={[
          { key: 'Name', value: 'Ada Pole', action: { href: '/wmin/account/name' } },
          {
            key: 'How we reach you',
            value: 'averyveryverylongaddressofsomebody.withalonglongname@example.org',
            action: { href: '/wmin/account/channel', about: 'how we reach you' },
          },
          { key: 'Joined', value: '1 March 2026' },
        ]}
      />
      <Table
        caption="Promises kept by each group"
        columns={[{ title: 'Group' }, { title: 'Kept', numeric: true }, { title: 'Late', numeric: true }]}
        rows={[
          ['Operational Board', 14, 2],
          ['Paediatric special interest group', 9, 'fewer than 5'],
        ]}
      />
      <DefinitionNumbers
        figures={[
          { figure: 42, words: 'views received' },
          { figure: 31, words: 'considered', note: 'by 6 groups' },
          { figure: '17', words: 'closed by the person' },
        ]}
      />
      <SearchBox
        action="/wmin/search"
        label="Search what people said"
        hint="Words or a reference"
        value="clock"
      />
      <Filters
        action="/wmin/actions"
        filters={[
          {
            name: 'by-group',
            label: 'Group',
            value: 'board',
            options: [
              { value: '', text: 'All groups' },
              { value: 'board', text: 'Operational Board' },
            ],
          },
          {
            name: 'lateness',
            label: 'Late or not',
            options: [
              { value: '', text: 'All' },
              { value: 'late', text: 'Late only' },
            ],
          },
        ]}
        keep={{ q: danger }}
        clear="/wmin/actions"
      />
      <LinkList
        links={[
          { href: '/wmin/groups/board', text: 'Operational Board', hint: 'Meets every two months' },
          { href: '/wmin/groups/paediatric', text: 'Paediatric special interest group' },
        ]}
      />
      <Pagination
        previous={{ href: '?before=10', label: 'newer views' }}
        next={{ href: '?after=35', label: 'older views' }}
      />
    </>
  )
}

function Words() {
  return (
    <>
      <InsetText>You do not need to know anything about imaging.</InsetText>
      <WarningCallout>
        If you need medical help now, ring <a href="tel:111">111</a>.
      </WarningCallout>
      <Details summary="Who sees this?">The group and the team.</Details>
      <Card title="Operational Board" href="/wmin/groups/operational-board">
        Meets every two months.
      </Card>
      <Card title="Next meeting">9 March 2027, 2:30pm</Card>
      <Panel title="We have it">
        Your reference is{' '}
        <strong>
          <Reference>C-1042</Reference>
        </strong>
      </Panel>
      <Empty>Nothing needs you today. Thank you for looking in.</Empty>
      <ButtonLink href="/wmin/contributions/new">Say something</ButtonLink>
    </>
  )
}

function AllFields({ errors }: { errors: readonly FieldError[] }) {
  return (
    <Form
      hidden={{ _token: 'a-token' }}
      button="Send"
      secondary={{ text: 'Save for later', name: 'later', value: 'yes' }}
      multipart
    >
      <TextField name="plain-title" label="A short title" errors={errors} value={danger} />
      <TextArea
        name="words"
        label="What do you want to say?"
        hint="In your own words. We ask so that the group can talk about it."
        errors={errors}
        value={`one\ntwo ${danger}`}
        maxCharacters={5000}
      />
      <Radios
        name="kind"
        label="What is it?"
        errors={errors}
        value="idea"
        options={[
          { value: 'idea', label: 'An idea', hint: 'Something that could be better' },
          {
            value: 'experience',
            label: 'An experience',
            content: <TextField name="where" label="Where was it?" errors={errors} optional />,
          },
          { value: 'question', label: 'A question', divider: 'or' },
        ]}
      />
      <Checkboxes
        name="channels"
        label="How may we reach you?"
        hint="Choose all that suit you."
        errors={errors}
        values={['email']}
        options={[
          { value: 'email', label: 'Email' },
          { value: 'post', label: 'Post' },
        ]}
      />
      <Select
        name="group"
        label="Which group?"
        errors={errors}
        empty="Choose a group"
        value="sig"
        options={[
          { value: 'board', text: 'Operational Board' },
          { value: 'sig', text: 'Paediatric special interest group' },
        ]}
      />
      <DateField
        name="heard-on"
        label="When did you hear this?"
        hint="For example, 27 3 2027"
        errors={errors}
        value={{ day: '31', month: '2', year: '2027' }}
      />
      <DateField name="met-on" label="When did you meet?" errors={errors} optional />
      <FileField name="evidence" label="Add a file" errors={errors} multiple optional accept=".pdf,.docx" />
      <EmailField name="email" label="Email address" errors={errors} />
      <PhoneField name="phone" label="Phone number" errors={errors} />
      <CodeField name="code" label="The 6 numbers we sent you" errors={errors} />
    </Form>
  )
}

/** A page whose one question is its heading. */
export function OneQuestion({ errors = [] }: { errors?: readonly FieldError[] }) {
  return (
    <Page
      frame={{ ...galleryFrame, person: undefined, navigation: [], demo: false }}
      title="When were you born?"
      caption="Register your interest"
      titleInLegend
      errors={errors}
      back={{ href: '/wmin/register' }}
    >
      <Form hidden={{}} button="Carry on" secondary={{ text: 'Stop', href: '/wmin' }}>
        <DateField
          name="born"
          label="When were you born?"
          hint="We ask so that we can tell who we hear from."
          errors={errors}
          autocomplete="bday"
          asHeading
          optional
        />
      </Form>
    </Page>
  )
}
