import { createInterface } from 'node:readline';
import { Report } from './report';
import type { ConnectorServiceStandIn } from '../../support/connector-service';
import { REGION } from '../../support/emulator/aws-environment';
import type { Emulator } from '../../support/emulator/emulator';
import { SECURITY } from '../stage/accounts';
import { enterKey, keysIn } from '../stage/console-person';

export interface Running {
  readonly emulator: Emulator;
  readonly service: ConnectorServiceStandIn;
  /** Where keys may wait. */
  readonly accounts: readonly string[];
  /** The command of the app that is deployed; of one's own otherwise. */
  readonly app?: string;
  /** Settles at Ctrl-C. */
  readonly stopped: Promise<void>;
}

/** Says how to deploy an app of one's own there, and enters keys at the console when asked to, until it is ended. */
export async function keepRunning({ emulator, service, accounts, app, stopped }: Running, report: Report): Promise<void> {
  report.title(`It goes on running. ${app === undefined ? 'An app of your own' : 'The app, changed as you like'}, in its folder, in another terminal:`);
  const environment = Object.entries(emulator.environment(SECURITY)).map(([name, value]) => `${name}=${value}`).join(' ');
  report.text(`export ${environment}`);
  report.text(`npx cdk bootstrap aws://<account>/${REGION} --trust ${SECURITY} --cloudformation-execution-policies arn:aws:iam::aws:policy/AdministratorAccess`);
  report.text(`npx cdk deploy --all --app '${app ?? 'python3 app.py'}'`);
  report.text(`The second line is for accounts besides ${[...new Set([SECURITY, ...accounts])].join(', ')}. AWS_ACCESS_KEY_ID is the account that calls.`);
  report.text(`Functions that call a host of Qualys reach the stand-in: ${service.apiServer}, ${service.gateway}, ${service.platformUrl} (login: api-user).`);
  if (app === undefined) report.text("The subscription has the example's base account: `cdk destroy --all` of it, or a base account of yours is refused.");
  report.text('Enter: a person enters the key that waits at the console. Ctrl-C: the end.');
  const input = createInterface({ input: process.stdin });
  input.on('line', () => void enterKeys().catch((error: Error) => report.text(error.message)));
  await stopped;
  input.close();

  async function enterKeys(): Promise<void> {
    const done = (await keysIn(emulator, accounts)).map((key) => enterKey(service, key, 'Base account'));
    for (const did of done.filter((one) => one !== undefined)) report.text(`At the console a person ${did}.`);
    if (done.every((one) => one === undefined)) report.text('There is no key that waits.');
  }
}
