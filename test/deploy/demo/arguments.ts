import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const USAGE = `usage: npm run demo [-- --keep | --soak | --migrate | --organization | --app COMMAND [--in FOLDER] [--keep]]

Deploys examples/three-accounts to a local AWS emulator, and lets a stand-in of the connector service use it. First as everybody does it:
a person enters the key at the console. Then as it is where the service takes the key through an API. The key rotates both ways, and the
end is what an operator does when somebody has deleted a connector and the base account's entry by hand.
  --keep          stop after the connectors run, leave everything running, and say how to deploy an app of your own there
  --soak          let the service call at least 10,000 times while the key rotates, as fast as the emulator bears it
  --migrate       play examples/migrate-existing-connectors instead: connectors that work move to a base account and back
  --organization  play examples/organization instead: roles by a stack set, connectors by a fleet, accounts
                  that come and go, and a switch that is proven before it happens
  --app COMMAND   deploy an app of your own instead, of any language, e.g. --app "python3 app.py"; a person enters its key, its
                  connectors are run, and what came of each is told
  --in FOLDER     where that command runs. Default: the folder from which npm was called`;

export type Play = 'three-accounts' | 'migrate' | 'organization' | 'app' | 'help';

export interface DemoArguments {
  readonly play: Play;
  readonly keep: boolean;
  readonly soak: boolean;
  /** The command of the app, and the folder where it runs; empty unless an app is played. */
  readonly app: string;
  readonly folder: string;
}

const OPTIONS = {
  keep: { type: 'boolean' },
  soak: { type: 'boolean' },
  migrate: { type: 'boolean' },
  organization: { type: 'boolean' },
  help: { type: 'boolean' },
  app: { type: 'string' },
  in: { type: 'string' },
} as const;
type Name = keyof typeof OPTIONS;

/** What may stand together. */
const SETS: readonly (readonly Name[])[] = [[], ['keep'], ['soak'], ['migrate'], ['organization'], ['help'], ['app'], ['app', 'in'], ['app', 'keep'], ['app', 'in', 'keep']];

/**
 * Reads what stands behind `npm run demo --`. Throws where that is nothing that the demo can do.
 *
 * @param from the folder from which the demo was called
 */
export function demoArguments(args: readonly string[], from: string): DemoArguments {
  const values = read(args);
  const given = (Object.keys(values) as Name[]).sort();
  if (!SETS.some((allowed) => [...allowed].sort().join() === given.join())) throw new Error(`${given.map((name) => `--${name}`).join(' ')} do not go together: ${SETS.slice(1).map((names) => names.map((name) => `--${name}`).join(' ')).join(', or ')}`);

  for (const name of ['app', 'in'] as const) if (values[name]?.trim() === '') throw new Error(`--${name} is empty: it takes ${WHAT[name]}`);
  return {
    play: given.includes('app') ? 'app' : (['help', 'migrate', 'organization'] as const).find((name) => values[name]) ?? 'three-accounts',
    keep: values.keep === true,
    soak: values.soak === true,
    app: values.app ?? '',
    folder: values.app === undefined ? '' : resolve(from, values.in ?? '.'),
  };
}

const WHAT = { app: "the command that runs the app, e.g. --app 'python3 app.py'", in: 'the folder where that command runs' } as const;

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message.replace(/\. To specify .*$/s, '')}. Allowed: ${Object.keys(OPTIONS).map((name) => `--${name}`).join(', ')}; `
      + 'a command with blanks stands in quotes, as in --app \'python3 app.py\'');
  }
}
