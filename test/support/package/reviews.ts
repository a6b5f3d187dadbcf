import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cacheEnvironment, MAVEN_REPOSITORY } from './caches';
import { Consumer } from './consumer';
import { PACKAGE } from './packages';
import { run } from '../emulator/processes/run';
import { NODE_MODULES, REPOSITORY } from '../emulator/repository';

type Files = Readonly<Record<string, string>>;

/** How `cdk synth` ends with the review in the app, what it finds, and the files that it writes all the same. */
export interface Gate {
  readonly exitCode: number | null;
  readonly found: readonly string[];
  readonly files: Files;
}

/** What the trust map says when it is asked from a language, and the files that it writes there. */
export interface Review {
  readonly callers: readonly string[];
  readonly files: Files;
  /** An app with a role that is open to another account, and the same app with an external ID for it. */
  readonly gates: { readonly open: Gate; readonly mended: Gate };
}

const PROGRAMS = join(REPOSITORY, 'test', 'package', 'review');

/** The question to the map, and the command of the app with the gate. */
interface Ask {
  readonly map: (app: Consumer, assembly: string, folder: string) => Promise<string>;
  readonly gate: (app: Consumer) => Promise<string>;
}

const mvn = (mainClass: string) => [
  '--quiet', '--batch-mode', '--offline', `-Dmaven.repo.local=${MAVEN_REPOSITORY}`, `-Dcdk-qualys-connectors.version=${PACKAGE.version}`,
  `-Dexec.mainClass=example.${mainClass}`, 'compile', 'exec:java',
];

/** Each in the project that was built before, against the same package. */
const ASKS: Readonly<Record<string, Ask>> = {
  typescript: {
    map: async (app, assembly, folder) => {
      const program = `const map = require('${PACKAGE.name}').TrustMap.fromAssembly(process.argv[1]); map.write(process.argv[2]);`
        + ' for (const caller of map.callersOf("QualysConnector")) console.log(`caller: ${caller}`);';
      return app.run('node', ['--eval', program, assembly, folder]);
    },
    gate: async (app) => {
      cpSync(join(PROGRAMS, 'gate.cjs'), join(app.folder, 'gate.cjs'));
      return 'node gate.cjs';
    },
  },
  python: {
    map: async (app, assembly, folder) => {
      const interpreter = interpreterOf(app);
      cpSync(join(PROGRAMS, 'review.py'), join(app.folder, 'review.py'));
      // The test of the example, as somebody has it who copies that: it reads the folder that the CLI writes.
      cpSync(join(REPOSITORY, 'examples', 'review', 'test_trust_map.py'), join(app.folder, 'test_trust_map.py'));
      symlinkSync(assembly, join(app.folder, 'cdk.out'));
      await app.run(interpreter, ['-m', 'pip', 'install', '--quiet', 'pytest==8.4.2'], cacheEnvironment());
      await app.run(interpreter, ['-m', 'pytest', '--quiet', 'test_trust_map.py']);
      return app.run(interpreter, ['review.py', assembly, folder]);
    },
    gate: async (app) => {
      cpSync(join(PROGRAMS, 'gate.py'), join(app.folder, 'gate.py'));
      return `${interpreterOf(app)} gate.py`;
    },
  },
  java: {
    map: async (app, assembly, folder) => {
      const sources = join(app.folder, 'src', 'main', 'java', 'example');
      for (const name of ['Review.java', 'Gate.java']) cpSync(join(PROGRAMS, name), join(sources, name));
      return app.run('mvn', mvn('Review'), { ...cacheEnvironment(), REVIEWED_ASSEMBLY: assembly, REVIEW_FOLDER: folder });
    },
    gate: async () => `mvn ${mvn('Gate').join(' ')}`,
  },
  go: {
    map: async (app, assembly, folder) => {
      for (const name of ['review', 'gate']) {
        mkdirSync(join(app.folder, name));
        // Under another name in the repository, where it belongs to no module.
        cpSync(join(PROGRAMS, `${name}.go.txt`), join(app.folder, name, 'main.go'));
        await app.run('go', ['build', '-o', `ask-${name}`, `./${name}`], cacheEnvironment());
      }
      return app.run(join(app.folder, 'ask-review'), [assembly, folder]);
    },
    gate: async (app) => join(app.folder, 'ask-gate'),
  },
};

const interpreterOf = (app: Consumer) => join(app.folder, '.venv', 'bin', 'python');

/** Undefined for a language in which it is not asked. */
export async function reviewIn(language: string, app: Consumer, assembly: string): Promise<Review | undefined> {
  const ask = ASKS[language];
  if (!ask) return undefined;
  const folder = join(app.folder, 'trust-map');
  const said = await ask.map(app, assembly, folder);
  const callers = [...said.matchAll(/^caller: (.*)$/gm)].map(([, caller]) => caller!);
  const command = await ask.gate(app);
  const gates = { open: await synthesized(app, command), mended: await synthesized(app, command, { EXTERNAL_ID: 'an-external-id-7' }) };
  return { callers, files: filesIn(folder), gates };
}

/** By the CLI, as in CI. */
async function synthesized(app: Consumer, command: string, env: NodeJS.ProcessEnv = {}): Promise<Gate> {
  const { exitCode, output } = await run(join(NODE_MODULES, '.bin', 'cdk'), ['synth', '--quiet', '--app', command, '--output', 'gate.out'], {
    cwd: app.folder, env: { ...process.env, ...cacheEnvironment(), JSII_SILENCE_SUPPORT_WARNING: '1', ...env }, deadline: 300_000,
  });
  return { exitCode, found: [...new Set(output.match(/(?:external-id|anyone|whole-account|key-in-template)\[[^\]]*\]/g))], files: filesIn(join(app.folder, 'reviewed')) };
}

function filesIn(folder: string): Files {
  return Object.fromEntries(readdirSync(folder).sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
