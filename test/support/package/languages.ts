import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../emulator/repository';
import { readTemplates } from '../templates';
import { cacheEnvironment, MAVEN_REPOSITORY, NUGET_PACKAGES } from './caches';
import { Consumer } from './consumer';
import { PACKAGE, packages } from './packages';
import { Review, reviewIn } from './reviews';

/** What `cdk deploy` would deploy. */
export interface Deployable {
  readonly templates: Record<string, unknown>;
  /** Names of the assets; there is a hash of their content in each. */
  readonly assets: readonly string[];
  /** What the trust map says of it, asked from the language. */
  readonly review?: Review;
}

/** Builds the copied example against the built package, as its README says, and synthesizes it; the folder of the assembly. */
const BUILDS: Readonly<Record<string, (app: Consumer) => Promise<string>>> = { typescript, javascript, python, java, go, csharp };

/** The languages whose tools are there: a .NET SDK is not to be had everywhere. REQUIRE_DOTNET says that it must be. */
export const LANGUAGES = Object.keys(BUILDS).filter((language) => language !== 'csharp' || isDotnetThere());

export function isDotnetThere(): boolean {
  return process.env.REQUIRE_DOTNET === 'true' || spawnSync('dotnet', ['--version'], { stdio: 'ignore' }).status === 0;
}

export async function synthesizeIn(language: string): Promise<Deployable> {
  const app = new Consumer(join(REPOSITORY, 'examples', 'languages', language));
  try {
    const assembly = await BUILDS[language]!(app);
    const assets = readdirSync(assembly).filter((name) => name.startsWith('asset.')).sort();
    return { templates: readTemplates(assembly), assets, review: await reviewIn(language, app, assembly) };
  } finally {
    app.remove();
  }
}

async function typescript(app: Consumer): Promise<string> {
  await app.installTarball();
  await app.run('npm', ['run', 'build']);
  return app.synthesize(join('node_modules', '.bin', 'tsx'), ['app.ts']);
}

async function javascript(app: Consumer): Promise<string> {
  await app.installTarball();
  return app.synthesize('node', ['app.js']);
}

async function python(app: Consumer): Promise<string> {
  const interpreter = join(app.folder, '.venv', 'bin', 'python');
  await app.run('python3', ['-m', 'venv', '.venv']);
  // The wheel by its path: an index may have one of the same name.
  await app.run(interpreter, ['-m', 'pip', 'install', '--quiet', '-r', 'requirements.txt', packages.wheel()], cacheEnvironment());
  return app.synthesize(interpreter, ['app.py']);
}

async function java(app: Consumer): Promise<string> {
  // A Maven repository copied into another is an installation; the version may be the same as that of the last run.
  const artifact = join('io', 'github', 'cdk-qualys-connectors');
  rmSync(join(MAVEN_REPOSITORY, artifact), { recursive: true, force: true });
  cpSync(join(packages.java(), '..', artifact), join(MAVEN_REPOSITORY, artifact), { recursive: true });
  return app.synthesize('mvn', [
    '--quiet', '--batch-mode', `-Dmaven.repo.local=${MAVEN_REPOSITORY}`, `-Dcdk-qualys-connectors.version=${PACKAGE.version}`, 'compile', 'exec:java',
  ], cacheEnvironment());
}

async function go(app: Consumer): Promise<string> {
  const { moduleName, packageName } = PACKAGE.jsii.targets.go;
  await app.run('go', ['mod', 'edit', '-replace', `${moduleName}/${packageName}=${packages.go()}`], cacheEnvironment());
  await app.run('go', ['build', '-o', 'app', '.'], cacheEnvironment());
  return app.synthesize(join(app.folder, 'app'), []);
}

async function csharp(app: Consumer): Promise<string> {
  // A package is looked for in the cache first, and the version may be the same as that of the last run.
  rmSync(join(NUGET_PACKAGES, 'cdkqualysconnectors'), { recursive: true, force: true });
  await app.run('dotnet', [
    'test', 'Tests', `-p:RestoreAdditionalProjectSources=${join(packages.nuget(), '..')}`, `-p:CdkQualysConnectorsVersion=${PACKAGE.version}`,
  ], cacheEnvironment());
  return app.synthesize('dotnet', ['run', '--no-build'], cacheEnvironment());
}
