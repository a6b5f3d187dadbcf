import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppStory } from './app-story';
import { DemoArguments, demoArguments, Play, USAGE } from './arguments';
import { showProgress } from './cdk-progress';
import { keepRunning } from './keep-running';
import { MigrationStory } from './migration-story';
import { OrganizationStory } from './organization-story';
import { Report } from './report';
import { SOAK, USUAL } from './rotation-scene';
import { Story } from './story';
import { REPOSITORY } from '../../support/emulator/repository';
import { ACCOUNTS } from '../stage/accounts';
import { AppStage } from '../stage/app/app-stage';
import { Migration } from '../stage/migration';
import { ConnectedOrganization } from '../stage/organization';
import { Stage } from '../stage/stage';

/** All that is written stands in here. */
const folder = join(REPOSITORY, '.demo');

async function main(args: readonly string[]): Promise<number> {
  const given = demoArguments(args, process.env.INIT_CWD ?? process.cwd());
  if (given.play === 'help') {
    console.log(USAGE);
    return 0;
  }
  const report = new Report();
  rmSync(folder, { recursive: true, force: true });
  const stopped = interruption();
  try {
    await PLAYS[given.play](given, report, stopped);
  } catch (error) {
    report.check('the demo runs to its end', false, error instanceof Error ? error.message : String(error));
  }
  if (report.failures.length === 0) rmSync(folder, { recursive: true, force: true });
  else if (existsSync(folder)) report.text(`What was written is kept in ${folder}`);

  report.end();
  return report.failures.length === 0 ? 0 : 1;
}

type Player = (given: DemoArguments, report: Report, stopped: Promise<void>) => Promise<void>;

const PLAYS: Readonly<Record<Exclude<Play, 'help'>, Player>> = {
  'three-accounts': async (given, report, stopped) => {
    const stage = await Stage.start({ folder, writeApi: false, onLine: showProgress(report), vendorHosts: true });
    await untilStopped(stage, stopped, () => play(stage, report, given, stopped));
  },
  'migrate': async (_, report, stopped) => {
    const migration = await Migration.start({ folder, onLine: showProgress(report) });
    await untilStopped(migration.stage, stopped, () => migrate(migration, report));
  },
  'organization': async (_, report, stopped) => {
    const organization = await ConnectedOrganization.start({ folder, onLine: showProgress(report) });
    await untilStopped(organization.stage, stopped, () => organize(organization, report));
  },
  'app': async (given, report, stopped) => {
    if (!existsSync(given.folder)) throw new Error(`there is no folder ${given.folder}: --in takes the one where the command of --app runs`);
    report.progress(`${given.app}, in ${given.folder}`, true);
    const stage = await AppStage.start({ folder, app: given.app, cwd: given.folder, onLine: showProgress(report) });
    await untilStopped(stage, stopped, () => playApp(stage, report, given, stopped));
  },
};

async function untilStopped(stage: { stop(): Promise<void> }, stopped: Promise<void>, story: () => Promise<void>): Promise<void> {
  try {
    await Promise.race([story(), stopped]);
  } finally {
    await stage.stop();
  }
}

async function playApp(stage: AppStage, report: Report, { app, folder: cwd, keep }: DemoArguments, stopped: Promise<void>): Promise<void> {
  const story = new AppStory(stage, report);
  if (!story.setting(app, cwd)) return;
  await story.deploy();
  await story.confirm();
  if (keep) await keepRunning({ emulator: stage.emulator, service: stage.service, accounts: stage.needs.accounts, app, stopped }, report);
}

async function play(stage: Stage, report: Report, { keep, soak }: DemoArguments, stopped: Promise<void>): Promise<void> {
  setting(stage, report, 'three');
  await stage.prepare();
  const story = new Story(stage, report);
  await story.firstDeployment();
  await story.wrongExternalId();
  if (keep) {
    await keepRunning({ emulator: stage.emulator, service: stage.service, accounts: Object.values(ACCOUNTS), stopped }, report);
    return;
  }
  await story.consoleRotation();
  await story.push();
  await story.rotate(soak ? SOAK : USUAL);
  await story.guard();
  await story.morning();
  await story.destroy();
  noLeaks(stage, report, '11. Secrets');
}

async function migrate(migration: Migration, report: Report): Promise<void> {
  setting(migration.stage, report, 'four');
  await migration.stage.prepare();
  const story = new MigrationStory(migration, report);
  await story.begin();
  await story.there();
  await story.back();
  await story.end();
  noLeaks(migration.stage, report, '9. Secrets');
}

async function organize(organization: ConnectedOrganization, report: Report): Promise<void> {
  setting(organization.stage, report, 'five');
  await organization.prepare();
  const story = new OrganizationStory(organization, report);
  await story.roles();
  await story.connectors();
  await story.comeAndGo();
  await story.refusedSwitch();
  await story.switchOver();
  await story.back();
  await story.destroy();
  noLeaks(organization.stage, report, '10. Secrets');
}

function setting(stage: Stage, report: Report, accounts: string): void {
  report.title(`0. A local AWS with ${accounts} accounts, and a stand-in of the connector service`);
  report.fact('AWS', stage.emulator.endpoint);
  const writes = stage.service.writeApi ? 'with a write API for base accounts' : 'no write API for base accounts: the vendor documents none';
  report.fact('connector service', `${stage.service.apiServer} (${writes})`);
  report.progress(`cdk bootstrap, in each of the ${accounts} accounts`, true);
}

function noLeaks(stage: Stage, report: Report, title: string): void {
  report.title(title);
  const leaks = stage.leaks();
  report.check('no file of this run holds a key or the login of the service', leaks.length === 0, leaks.join(', '));
}

/** Settles at Ctrl-C. */
async function interruption(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

// The SDK's word about the Node of this machine is no part of the story.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
main(process.argv.slice(2)).then((code) => { process.exit(code); }, (error) => {
  console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  process.exit(2);
});
