import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { showProgress } from './cdk-progress';
import { MigrationStory } from './migration-story';
import { OrganizationStory } from './organization-story';
import { Report } from './report';
import { SOAK, USUAL } from './rotation-scene';
import { Story } from './story';
import { REPOSITORY } from '../../support/emulator/repository';
import { ACCOUNTS } from '../stage/accounts';
import { Migration } from '../stage/migration';
import { ConnectedOrganization } from '../stage/organization';
import { Stage } from '../stage/stage';

const USAGE = `usage: npm run demo [-- --keep | --soak | --migrate | --organization]

Deploys examples/three-accounts to a local AWS emulator, lets a stand-in of the connector service use it, rotates the key, and
ends with what an operator does when somebody has deleted a connector and the base account's entry by hand.
  --keep          stop after the connectors run, leave everything running, and print the endpoints
  --soak          let the service call at least ${SOAK.calls} times while the key rotates, as fast as the emulator bears it
  --migrate       play examples/migrate-existing-connectors instead: connectors that work move to a base account and back
  --organization  play examples/organization instead: roles by a stack set, connectors by a fleet, accounts
                  that come and go, and a switch that is proven before it happens`;

const OPTIONS = ['--keep', '--soak', '--migrate', '--organization'];

/** All that is written stands in here. */
const folder = join(REPOSITORY, '.demo');

async function main(args: readonly string[]): Promise<number> {
  if (args.some((arg) => !OPTIONS.includes(arg)) || args.length > 1) {
    console.log(USAGE);
    return args.includes('--help') ? 0 : 2;
  }
  const report = new Report();
  rmSync(folder, { recursive: true, force: true });
  const onLine = showProgress(report);
  const migration = args[0] === '--migrate' ? await Migration.start({ folder, onLine }) : undefined;
  const organization = args[0] === '--organization' ? await ConnectedOrganization.start({ folder, onLine }) : undefined;
  const stage = migration?.stage ?? organization?.stage ?? await Stage.start({ folder, writeApi: true, onLine });
  const stopped = interruption();
  const story = async (): Promise<void> => {
    if (migration) return migrate(migration, report);
    return organization ? organize(organization, report) : play(stage, report, args[0], stopped);
  };
  try {
    await Promise.race([story(), stopped]);
  } catch (error) {
    report.check('the demo runs to its end', false, error instanceof Error ? error.message : String(error));
  } finally {
    await stage.stop();
  }
  if (report.failures.length === 0) rmSync(folder, { recursive: true, force: true });
  else report.text(`What was written is kept in ${folder}`);

  report.end();
  return report.failures.length === 0 ? 0 : 1;
}

async function play(stage: Stage, report: Report, option: string | undefined, stopped: Promise<void>): Promise<void> {
  setting(stage, report, 'three');
  await stage.prepare();
  const story = new Story(stage, report);
  await story.deploy();
  await story.connect();
  await story.wrongExternalId();
  if (option === '--keep') {
    await leaveRunning(stage, report, stopped);
    return;
  }
  await story.rename();
  await story.rotate(option === '--soak' ? SOAK : USUAL);
  await story.guard();
  await story.consoleDelivery();
  await story.morning();
  await story.destroy();
  noLeaks(stage, report, '10. Secrets');
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
  report.fact('connector service', `${stage.service.apiServer} (with a write API for base accounts)`);
  report.progress(`cdk bootstrap, in each of the ${accounts} accounts`, true);
}

function noLeaks(stage: Stage, report: Report, title: string): void {
  report.title(title);
  const leaks = stage.leaks();
  report.check('no file of this run holds a key or the login of the service', leaks.length === 0, leaks.join(', '));
}

async function leaveRunning(stage: Stage, report: Report, stopped: Promise<void>): Promise<void> {
  report.title('It goes on running. In another terminal:');
  for (const [name, value] of Object.entries(stage.emulator.environment(ACCOUNTS['Central Security']))) report.text(`export ${name}=${value}`);

  report.text(`curl --cacert ${stage.service.caFile} ${stage.service.apiServer}/qps/rest/3.0/...   (user api-user)`);
  report.text(`console and gateway: ${stage.service.platformUrl}  ${stage.service.gateway}`);
  report.text('AWS_ACCESS_KEY_ID is an account: 222222222222 is Production, 333333333333 Development. Ctrl-C ends it.');
  await stopped;
}

/** Settles at Ctrl-C. */
async function interruption(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

// The SDK's word about the Node of this machine is no part of the story.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
main(process.argv.slice(2)).then((code) => { process.exit(code); }, (error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
