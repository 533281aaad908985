import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * `npm test`: types, lint and format, borders, loose ends, then every test. Each check counts as one test. Everything
 * that failed is printed; the last line is `N passed, N failed`.
 */
const folders = ['src', 'migrations', 'scripts', 'tests', 'bench']
const bin = (name: string) => join('node_modules', '.bin', name)

interface Outcome {
  readonly passed: number
  readonly failed: number
}

interface Ran {
  readonly code: number
  readonly said: string
}

function run(command: string, args: readonly string[], show: boolean): Promise<Ran> {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', part => {
        said += part
      })
    }
    child.on('error', error => resolve({ code: 1, said: String(error) }))
    child.on('close', code => resolve({ code: code ?? 1, said }))
  })
}

async function check(name: string, command: string, args: readonly string[]): Promise<Outcome> {
  const { code, said } = await run(command, args, false)
  return told(name, code === 0, said)
}

function told(name: string, good: boolean, said: string): Outcome {
  console.log(`${good ? '✓' : '✗'} ${name}`)
  if (!good) console.log(said.trimEnd())
  return good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** An empty house has no broken borders either: it must have seen every file. */
async function borders(): Promise<Outcome> {
  const files = new Set<string>()
  for await (const file of glob(folders.map(folder => `${folder}/**/*.{ts,tsx}`))) files.add(file)
  const { code, said } = await run(
    bin('depcruise'),
    ['--config', '.dependency-cruiser.json', '--output-type', 'json', ...folders],
    false,
  )
  const name = 'HOUSE-2 borders between the rooms (dependency-cruiser)'
  try {
    const seen = JSON.parse(said) as {
      modules: { source: string }[]
      summary: { violations: { from: string; to: string; rule: { name: string } }[] }
    }
    const sources = new Set(seen.modules.map(each => each.source))
    const unseen = [...files].filter(file => !sources.has(file))
    const wrong = seen.summary.violations.map(each => `${each.rule.name}: ${each.from} → ${each.to}`)
    return told(
      `${name}: ${files.size} files`,
      code === 0 && wrong.length === 0 && unseen.length === 0 && files.size > 0,
      [...wrong, ...unseen.map(file => `not seen: ${file}`)].join('\n'),
    )
  } catch {
    return told(name, false, said)
  }
}

interface Report {
  readonly success: boolean
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: {
    readonly status: string
    readonly name: string
    readonly assertionResults: { readonly status: string }[]
  }[]
}

async function tests(args: readonly string[]): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'loop-report-'))
  const file = join(folder, 'report.json')
  try {
    const { code } = await run(
      bin('vitest'),
      ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args],
      true,
    )
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report
    // A file that could not be read has no failed test in it: it counts as one.
    const unread = report.testResults.filter(
      each => each.status === 'failed' && !each.assertionResults.some(one => one.status === 'failed'),
    )
    for (const each of unread) console.log(`✗ ${each.name} could not be run to its end`)
    const failed = report.numFailedTests + unread.length
    // An error outside any test fails the run as well.
    return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
  } catch (error) {
    console.log(`✗ the tests left no report: ${error instanceof Error ? error.message : error}`)
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const outcomes = [
  await check('HOUSE-2 types (tsc)', bin('tsc'), ['--noEmit']),
  await check('HOUSE-2 lint and format (biome)', bin('biome'), ['check', '--error-on-warnings', '.']),
  await borders(),
  await check('HOUSE-2 no loose ends (knip)', bin('knip'), [
    '--include',
    'files,dependencies,unlisted,unresolved,binaries',
  ]),
  await tests(process.argv.slice(2)),
]
const passed = outcomes.reduce((sum, each) => sum + each.passed, 0)
const failed = outcomes.reduce((sum, each) => sum + each.failed, 0)
if (failed > 0) process.exitCode = 1
console.log(`${passed} passed, ${failed} failed`)
