import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTIONS } from '../../projenrc/workflows/actions';
import { COMMANDS } from '../../projenrc/workflows/commands';

/* The workflows as the host reads them. They are written by projen, two blanks deeper a level. */
const root = join(__dirname, '..', '..');
const folder = join(root, '.github', 'workflows');
const files = readdirSync(folder).sort();
const text = (file: string) => readFileSync(join(folder, file), 'utf8');

interface Job { readonly name: string; readonly text: string }

const jobs = (file: string): Job[] => text(file).split('\njobs:\n')[1]!.split(/^ {2}(?=[\w-]+:\n)/m).filter((part) => part !== '')
  .map((part) => ({ name: part.slice(0, part.indexOf(':')), text: part }));
const names = (found: readonly Job[]) => found.map(({ name }) => name);
const holdsToken = (job: Job) => /: write$|secrets\.|github\.token/m.test(job.text);
const all = files.flatMap(jobs);
const release = jobs('release.yml');

test('there is one workflow that checks, and one that releases', () => {
  expect(files).toEqual(['ci.yml', 'release.yml']);
  expect(names(jobs('ci.yml'))).toEqual(expect.arrayContaining(['gate', 'nodes', 'worlds', 'newest-of-the-day', 'signatures']));
  expect(names(release)).toEqual(['build', 'npm', 'pypi', 'maven', 'nuget', 'go', 'github']);
});

test('every action is pinned by a commit that is known', () => {
  const used = files.flatMap((file) => [...text(file).matchAll(/uses: (.*)$/gm)].map((match) => match[1]!));
  expect(used.length).toBeGreaterThan(20);
  const pinned = Object.entries(ACTIONS).map(([action, commit]) => `${action}@${commit}`);
  expect(used.filter((action) => !pinned.includes(action) || !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
});

test('nothing is fetched by its newest version', () => {
  expect(all.filter((job) => /@latest|\bnpx (-p|'-p'|--yes|-y)/.test(job.text))).toEqual([]);
});

test('each job names its rights, and only what publishes may write', () => {
  expect(names(all.filter((job) => !/^ {4}permissions:\n/m.test(job.text)))).toEqual([]);
  expect(names(jobs('ci.yml').filter(holdsToken))).toEqual([]);
  expect(names(release.filter((job) => /contents: write/.test(job.text)))).toEqual(['github']);
  expect(names(release.filter((job) => !holdsToken(job)))).toEqual(['build']);
});

test('nobody finds a token in the folder of a checkout', () => {
  const checkouts = all.flatMap((job) => job.text.split(/^ {6}- /m).filter((step) => step.includes('actions/checkout@')));
  expect(checkouts.length).toBeGreaterThan(8);
  expect(checkouts.filter((step) => !step.includes('persist-credentials: false'))).toEqual([]);
});

test('a release comes from the default branch alone, and every token of it belongs to the environment', () => {
  expect(text('release.yml')).toMatch(/^on:\n {2}workflow_dispatch:\n/m);
  expect(text('release.yml')).not.toMatch(/^ {2}(push|pull_request|pull_request_target|schedule|release):/m);
  const guarded = /^ {4}if: github\.ref == format\('refs\/heads\/\{0\}', github\.event\.repository\.default_branch\)/m;
  expect(names(release.filter((job) => !guarded.test(job.text)))).toEqual([]);
  expect(names(release.filter((job) => holdsToken(job) && !/^ {4}environment: release$/m.test(job.text)))).toEqual([]);
});

test('beside a token no package runs a script of its own, and nothing of the project is built', () => {
  const installs = release.filter(holdsToken).flatMap((job) => [...job.text.matchAll(/npm (?:ci|install|i)\b.*$/gm)].map((match) => match[0]));
  expect(new Set(installs)).toEqual(new Set(['npm ci --ignore-scripts --prefix .github/publishers']));
  expect(names(release.filter((job) => holdsToken(job) && /projen|npm run/.test(job.text)))).toEqual([]);
});

test('a release has all languages, its bill of materials, and what the gate has passed', () => {
  const [build] = release;
  expect(build!.text).toMatch(/REQUIRE_DOTNET: "true"/);
  expect(build!.text).toMatch(/npx projen release/);
  for (const tool of ['node', 'java', 'python', 'go', 'dotnet']) expect(build!.text).toContain(`actions/setup-${tool}@`);

  expect(release.at(-1)!.text).toMatch(/gh release upload .*\.cdx\.json/);
});

test('the gate has the tools of all languages', () => {
  const [gate] = jobs('ci.yml');
  expect(gate!.text).toContain(COMMANDS.gate);
  for (const tool of ['java', 'python', 'go', 'dotnet']) expect(gate!.text).toContain(`actions/setup-${tool}@`);
});

test('every script that a workflow names is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const named = all.flatMap((job) => [...job.text.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1]!));
  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});
