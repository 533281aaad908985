import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { settingNames } from '#platform/settings.ts'

const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n')
const documents = tracked.filter(path => path.endsWith('.md'))
const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> })
  .scripts

test('HOUSE-13 the documents that a newcomer needs are there', () => {
  for (const path of [
    'README.md',
    'docs/tour.md',
    'docs/language.md',
    'docs/promises.md',
    'docs/operations.md',
    'docs/performance.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'SECURITY.md',
  ]) {
    expect(existsSync(path), path).toBe(true)
  }
  expect(tracked.filter(path => path.startsWith('docs/decisions/')).length).toBeGreaterThan(5)
})

test('HOUSE-13 every file that the documents name exists', () => {
  const missing: string[] = []
  for (const document of documents) {
    const text = readFileSync(document, 'utf8')
    const linked = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(each =>
      normalize(join(dirname(document), each[1]!)),
    )
    // `src/…`, `docs/…`, `tests/…` and their like, in code marks; a star or a dot dot dot is no name.
    const named = [...text.matchAll(/`((?:src|docs|tests|migrations|bench|scripts)\/[^`\s*…]+)`/g)].map(
      each => each[1]!,
    )
    for (const path of [...linked, ...named]) if (!existsSync(path)) missing.push(`${document}: ${path}`)
  }
  expect(documents.length).toBeGreaterThan(15)
  expect(missing).toEqual([])
})

test('HOUSE-13 every command that the documents name exists', () => {
  const missing: string[] = []
  for (const document of documents) {
    const text = readFileSync(document, 'utf8')
    for (const [, script] of text.matchAll(/npm run (?:--silent )?([a-z:-]+)/g)) {
      if (!(script! in scripts)) missing.push(`${document}: npm run ${script}`)
    }
  }
  for (const [name, command] of Object.entries(scripts)) {
    const file = /((?:src|scripts|bench)\/[\w.-]+)/.exec(command)?.[1]
    if (file && !existsSync(file)) missing.push(`package.json: ${name} runs ${file}`)
  }
  expect(missing).toEqual([])
})

test('HOUSE-10 each setting is in the operations page, with no other beside them', () => {
  const text = readFileSync('docs/operations.md', 'utf8')
  const listed = [...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(each => each[1]!)
  expect(listed.sort()).toEqual([...settingNames].sort())
})

test('HOUSE-13 each promise has a test whose title begins with its id', () => {
  const promises = [
    ...readFileSync('docs/promises.md', 'utf8').matchAll(/^\| ([A-Z]+-\d+) \| (kept|open) \|/gm),
  ].map(each => ({ id: each[1]!, kept: each[2] === 'kept' }))
  expect(promises.length).toBeGreaterThanOrEqual(36)
  const tests = tracked
    .filter(path => /\.test\.tsx?$/.test(path))
    .map(path => readFileSync(path, 'utf8'))
    .join('\n')
  const without = promises.filter(
    ({ id, kept }) =>
      kept &&
      !new RegExp(`(?:test|it)(?:\\.\\w+)?\\([^'"\`]*['"\`]${id}[^0-9]`).test(tests) &&
      !new RegExp(`['"\`]${id} `).test(tests),
  )
  expect(without).toEqual([])
})

test('HOUSE-13 the project speaks of itself alone: no machine, no registry', () => {
  const found = tracked
    .filter(
      path => !/\.(png|pdf|docx|jpg)$/.test(path) && path !== 'LICENSE' && path !== 'tests/docs.test.ts',
    )
    .filter(path => existsSync(path) && /\/work\/|registry\.npmjs|\/root\//.test(readFileSync(path, 'utf8')))
  expect(found).toEqual([])
})

test('HOUSE-2 the check of a submission is exactly the README’s test command', () => {
  const readme = readFileSync('README.md', 'utf8')
  const commands = [...readme.matchAll(/^```\n(.+)\n```$/gm)].map(each => each[1]!)
  expect(commands).toEqual(['npm ci && npm start', 'npm ci && npm test'])
  const run = readFileSync('.ci/run', 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('#'))
  expect(run.at(-1)).toBe('npm ci && npm test')
})
