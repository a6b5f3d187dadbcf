import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';
import { cacheEnvironment, MAVEN_REPOSITORY, NUGET_PACKAGES } from './caches';
import { Consumer } from './consumer';
import { PACKAGE, packages } from './packages';
import { Review, reviewIn } from './reviews';
import { REPOSITORY } from '../emulator/repository';
import { readTemplates } from '../synth/templates';

/** What `cdk deploy` would deploy. */
export interface Deployable {
  readonly templates: Record<string, unknown>;
  /** Names of the assets; there is a hash of their content in each. */
  readonly assets: readonly string[];
}

/** Each program, and what the trust map says of the first, asked from the language. */
export type Synthesized = Readonly<Record<Program, Deployable>> & { readonly review?: Review };

/** The programs of each project. */
export const PROGRAMS = ['three-accounts', 'organization'] as const;
export type Program = typeof PROGRAMS[number];

/** Synthesizes a program of a project that is built; the folder of the assembly. */
type Synthesize = (program: Program) => Promise<string>;

/** Builds the copied example against the built package, as its README says. */
const BUILDS: Readonly<Record<string, (app: Consumer) => Promise<Synthesize>>> = { typescript, javascript, python, java, go, csharp };

/** The languages whose tools are there: a .NET SDK is not to be had everywhere. REQUIRE_DOTNET says that it must be. */
export const LANGUAGES = Object.keys(BUILDS).filter((language) => language !== 'csharp' || isDotnetThere());

export function isDotnetThere(): boolean {
  return process.env.REQUIRE_DOTNET === 'true' || spawnSync('dotnet', ['--version'], { stdio: 'ignore' }).status === 0;
}

export async function synthesizeIn(language: string): Promise<Synthesized> {
  const app = new Consumer(join(REPOSITORY, 'examples', 'languages', language));
  try {
    const synthesize = await BUILDS[language]!(app);
    const deployables: [Program, Deployable][] = [];
    let review: Review | undefined;
    for (const program of PROGRAMS) {
      const assembly = await synthesize(program);
      if (program === 'three-accounts') review = await reviewIn(language, app, assembly);
      deployables.push([program, { templates: readTemplates(assembly), assets: readdirSync(assembly).filter((name) => name.startsWith('asset.')).sort() }]);
    }
    return { ...Object.fromEntries(deployables) as Record<Program, Deployable>, review };
  } finally {
    app.remove();
  }
}

async function typescript(app: Consumer): Promise<Synthesize> {
  await app.installTarball();
  await app.run('npm', ['run', 'build']);
  return (program) => app.synthesize(join('node_modules', '.bin', 'tsx'), [fileOf(program, 'ts')]);
}

async function javascript(app: Consumer): Promise<Synthesize> {
  await app.installTarball();
  return (program) => app.synthesize('node', [fileOf(program, 'js')]);
}

const fileOf = (program: Program, extension: string) => `${program === 'three-accounts' ? 'app' : program}.${extension}`;

async function python(app: Consumer): Promise<Synthesize> {
  const interpreter = join(app.folder, '.venv', 'bin', 'python');
  await app.run('python3', ['-m', 'venv', '.venv']);
  // The wheel by its path: an index may have one of the same name.
  await app.run(interpreter, ['-m', 'pip', 'install', '--quiet', '-r', 'requirements.txt', packages.wheel()], cacheEnvironment());
  return (program) => app.synthesize(interpreter, [fileOf(program, 'py')]);
}

async function java(app: Consumer): Promise<Synthesize> {
  // A Maven repository copied into another is an installation; the version may be the same as that of the last run.
  const artifact = join('io', 'github', 'cdk-qualys-connectors');
  rmSync(join(MAVEN_REPOSITORY, artifact), { recursive: true, force: true });
  cpSync(join(packages.java(), '..', artifact), join(MAVEN_REPOSITORY, artifact), { recursive: true });
  return (program) => app.synthesize('mvn', [
    '--quiet', '--batch-mode', `-Dmaven.repo.local=${MAVEN_REPOSITORY}`, `-Dcdk-qualys-connectors.version=${PACKAGE.version}`,
    `-Dexec.mainClass=example.${program === 'three-accounts' ? 'ThreeAccounts' : 'Organization'}`, 'compile', 'exec:java',
  ], cacheEnvironment());
}

async function go(app: Consumer): Promise<Synthesize> {
  const { moduleName, packageName } = PACKAGE.jsii.targets.go;
  await app.run('go', ['mod', 'edit', '-replace', `${moduleName}/${packageName}=${packages.go()}`], cacheEnvironment());
  await app.run('go', ['build', '-o', `bin${sep}`, './...'], cacheEnvironment());
  return (program) => app.synthesize(join(app.folder, 'bin', program === 'three-accounts' ? 'three-accounts-go' : program), []);
}

async function csharp(app: Consumer): Promise<Synthesize> {
  // A package is looked for in the cache first, and the version may be the same as that of the last run.
  rmSync(join(NUGET_PACKAGES, 'cdkqualysconnectors'), { recursive: true, force: true });
  await app.run('dotnet', [
    'test', 'Tests', `-p:RestoreAdditionalProjectSources=${join(packages.nuget(), '..')}`, `-p:CdkQualysConnectorsVersion=${PACKAGE.version}`,
  ], cacheEnvironment());
  return (program) => app.synthesize('dotnet', ['run', '--no-build', '--', program], cacheEnvironment());
}
