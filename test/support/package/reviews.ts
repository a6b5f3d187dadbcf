import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cacheEnvironment, MAVEN_REPOSITORY } from './caches';
import { Consumer } from './consumer';
import { PACKAGE } from './packages';
import { REPOSITORY } from '../emulator/repository';

/** What the trust map says when it is asked from a language, and the files that it writes there. */
export interface Review {
  readonly callers: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

const PROGRAMS = join(REPOSITORY, 'test', 'package', 'review');

type Ask = (app: Consumer, assembly: string, folder: string) => Promise<string>;

/** Each in the project that was built before, against the same package. */
const ASKS: Readonly<Record<string, Ask>> = {
  typescript: async (app, assembly, folder) => {
    const program = `const map = require('${PACKAGE.name}').TrustMap.fromAssembly(process.argv[1]); map.write(process.argv[2]);`
      + ' for (const caller of map.callersOf("QualysConnector")) console.log(`caller: ${caller}`);';
    return app.run('node', ['--eval', program, assembly, folder]);
  },
  python: async (app, assembly, folder) => {
    const interpreter = join(app.folder, '.venv', 'bin', 'python');
    cpSync(join(PROGRAMS, 'review.py'), join(app.folder, 'review.py'));
    // The test of the example, as somebody has it who copies that: it reads the folder that the CLI writes.
    cpSync(join(REPOSITORY, 'examples', 'review', 'test_trust_map.py'), join(app.folder, 'test_trust_map.py'));
    symlinkSync(assembly, join(app.folder, 'cdk.out'));
    await app.run(interpreter, ['-m', 'pip', 'install', '--quiet', 'pytest==8.4.2'], cacheEnvironment());
    await app.run(interpreter, ['-m', 'pytest', '--quiet', 'test_trust_map.py']);
    return app.run(interpreter, ['review.py', assembly, folder]);
  },
  java: async (app, assembly, folder) => {
    cpSync(join(PROGRAMS, 'Review.java'), join(app.folder, 'src', 'main', 'java', 'example', 'Review.java'));
    return app.run('mvn', [
      '--quiet', '--batch-mode', '--offline', `-Dmaven.repo.local=${MAVEN_REPOSITORY}`, `-Dcdk-qualys-connectors.version=${PACKAGE.version}`,
      '-Dexec.mainClass=example.Review', 'compile', 'exec:java',
    ], { ...cacheEnvironment(), REVIEWED_ASSEMBLY: assembly, REVIEW_FOLDER: folder });
  },
  go: async (app, assembly, folder) => {
    mkdirSync(join(app.folder, 'review'));
    // Under another name in the repository, where it belongs to no module.
    cpSync(join(PROGRAMS, 'review.go.txt'), join(app.folder, 'review', 'main.go'));
    await app.run('go', ['build', '-o', 'ask', './review'], cacheEnvironment());
    return app.run(join(app.folder, 'ask'), [assembly, folder]);
  },
};

/** Undefined for a language in which it is not asked. */
export async function reviewIn(language: string, app: Consumer, assembly: string): Promise<Review | undefined> {
  const ask = ASKS[language];
  if (!ask) return undefined;
  const folder = join(app.folder, 'trust-map');
  const said = await ask(app, assembly, folder);
  const callers = [...said.matchAll(/^caller: (.*)$/gm)].map(([, caller]) => caller!);
  return { callers, files: Object.fromEntries(readdirSync(folder).sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')])) };
}
