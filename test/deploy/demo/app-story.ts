import { Report } from './report';
import { AppStage } from '../stage/app/app-stage';
import { confirm } from '../stage/confirm';
import { enterKey, keysIn } from '../stage/console-person';

/** An app that somebody else has written: deployed as it is, its key entered by a person where it waits for one, its connectors run. */
export class AppStory {
  private outputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

  public constructor(private readonly stage: AppStage, private readonly report: Report) {}

  /** What the app needs, as its templates say. Answers whether all of that can be had here. */
  public setting(app: string, folder: string): boolean {
    const { stage: { emulator, service, stacks, needs }, report } = this;
    report.title('0. An app, a local AWS for it, and a stand-in of the connector service');
    report.fact('app', `${app}, in ${folder}`);
    report.fact('AWS', emulator.endpoint);
    const hosts = needs.platforms.map(({ apiServer }) => new URL(apiServer!).host).join(', ');
    report.fact('connector service', `${service.apiServer}${hosts === '' ? '' : `, in the place of ${hosts}`}`);
    for (const { path, account } of stacks) report.fact('stack', `${path}, in ${account}`);
    for (const { account, name } of needs.secrets) report.fact('login', `the secret ${name} in ${account}`);
    for (const id of needs.organizations) report.fact('organization', `${id}, with all these accounts`);
    if (needs.platforms.length === 0) report.text('None of its stacks has anything that speaks to the connector service.');
    for (const refusal of needs.refusals) report.check('the app can be deployed here', false, refusal);
    return needs.refusals.length === 0;
  }

  public async deploy(): Promise<void> {
    const { stage, report } = this;
    report.progress('cdk bootstrap, in each account', true);
    await stage.prepare();
    report.title('1. cdk deploy --all');
    this.outputs = await stage.deploy();
    for (const [stack, values] of Object.entries(this.outputs)) for (const [name, value] of Object.entries(values)) report.fact(stack, `${name} = ${value}`);
  }

  /** A person enters the key if it waits, and runs the command of each stack. */
  public async confirm(): Promise<void> {
    const { stage: { emulator, service, stacks, needs: { accounts, titles } }, report } = this;
    report.title('2. Does it work?');
    for (const key of titles.length === 0 ? [] : await keysIn(emulator, accounts)) {
      const did = enterKey(service, key, titles[0]!);
      if (did !== undefined) report.text(`At the console a person ${did}.`);
    }
    for (const { stackName, account } of stacks) {
      const { ConfirmCommand } = this.outputs[stackName] ?? {};
      if (ConfirmCommand === undefined) continue;
      for (const line of await confirm(emulator, account, ConfirmCommand)) report.fact(stackName, line);
    }
    if (titles.length > 0) report.check('the service has the base account', service.baseAccounts().length > 0);
    await this.connectors();
  }

  private async connectors(): Promise<void> {
    const { stage: { service }, report } = this;
    await service.console.poll();
    const connectors = service.connectors().filter(({ isDeleted }) => !isDeleted);
    if (connectors.length === 0) report.text('The service has no connector.');
    for (const { id, settings: { name, arn }, state, lastError = '' } of connectors) {
      const by = service.runs().filter((run) => run.connectorId === id).at(-1)?.signedBy;
      if (state === 'DISABLED') report.fact(String(name), `${arn}: disabled, not run`);
      else report.check(`${name}: ${arn} ${state === 'FINISHED_SUCCESS' ? `assumed by the ${by}` : 'is not assumed'}`, state === 'FINISHED_SUCCESS', `${state} ${lastError}`);
    }
  }
}
