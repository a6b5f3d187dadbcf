import { MorningScene } from './morning-scene';
import { Report } from './report';
import { Load, RotationScene, USUAL } from './rotation-scene';
import { CdkResult } from '../../support/emulator/cdk';
import { ACCOUNTS, AccountName, externalIdOf, roleArnOf, SECURITY } from '../stage/accounts';
import { inventory } from '../stage/inventory';
import { Stage } from '../stage/stage';

const CONNECTED = ['Production', 'Development'] as const;

/** The demo, a scene at a time. Each says what it checks, and checks it. */
export class Story {
  private readonly connectors = new Map<AccountName, number>();
  private outputs: Record<string, Record<string, string>> = {};

  public constructor(private readonly stage: Stage, private readonly report: Report) {}

  public async deploy(): Promise<void> {
    const { stage, report } = this;
    report.title('1. cdk deploy --all: a base account in Central Security, a role and a connector for Production and for Development');
    this.outputs = await stage.deploy(['--all']);
    const key = await stage.currentKey();
    const [entry] = stage.service.baseAccounts();
    report.fact('base account', `"${entry?.title}", AWS account ${entry?.awsAccountId}, account type ${entry?.accountType}`);
    report.fact('key', `${entry?.accessKeyId} (its secret stands in Secrets Manager and at the service)`);
    report.fact('next step', nextStepOf(this.outputs));
    report.check('the service has the key that the secret keeps', key !== undefined && entry?.accessKeyId === key.accessKeyId);
    report.check('the key was pushed over HTTPS, then read back', this.pushedThenRead());
  }

  public async connect(): Promise<void> {
    const { stage, report } = this;
    report.title('2. The connectors that this deploy has registered, each of which the service ran once before the deploy ended');
    for (const name of CONNECTED) {
      const id = stage.connector(name);
      this.connectors.set(name, id);
      const output = this.outputs.Connectors?.[`${name}Connector`] ?? 'no output';
      report.fact(name, output);
      report.check('its ID, its state and the run are those of the service', output.startsWith(`${id} FINISHED_SUCCESS (SUCCEEDED: `));
    }
    report.text('The service runs them again, as it does every 4 hours:');
    await this.assumedByAll();
  }

  public async wrongExternalId(): Promise<void> {
    const { stage, report } = this;
    report.title('3. A connector made by hand, on the role of Production but with a wrong external ID');
    const arn = roleArnOf(ACCOUNTS.Production);
    const id = await stage.operator.createConnector({ name: 'Wrong', arn, externalId: `${externalIdOf(ACCOUNTS.Production)}0` });
    const { state, lastError = '' } = await stage.operator.run(id);
    report.check('refused by AWS', state === 'FINISHED_ERRORS' && lastError.startsWith('AccessDenied'), state);
    report.fact('because', lastError);
    await stage.operator.deleteConnector(id);
  }

  public async rename(): Promise<void> {
    const { stage, report } = this;
    report.title('4. A new title: one more cdk deploy');
    const before = await stage.currentKey();
    await stage.deploy(['CentralSecurity'], { title: 'Central Security (audited)' });
    const [entry] = stage.service.baseAccounts();
    report.check(`the entry is edited in place: "${entry?.title}"`, entry?.title === 'Central Security (audited)');
    report.check('it has the same key, and the user has no second one', entry?.accessKeyId === before?.accessKeyId
      && (await stage.currentKey())?.accessKeyId === before?.accessKeyId);
    await this.assumedByAll();
  }

  public async rotate(load: Load): Promise<void> {
    this.report.title('5. The key rotates, while the service assumes both roles without a pause');
    await this.rotation().throughApi(load);
  }

  /** A deletion that would cut connectors off. */
  public async guard(): Promise<void> {
    const { stage, report } = this;
    report.title('6. cdk destroy CentralSecurity --exclusively, while the connectors are still there');
    const refused = await stage.destroy(['CentralSecurity']);
    report.check('refused: the deletion fails, as it is meant to, and entry, key and user stay', refused.exitCode !== 0);
    report.fact('because', reasonOf(refused));
    await this.assumedByAll();
  }

  public async consoleDelivery(): Promise<void> {
    const { stage, report } = this;
    report.title('7. A subscription without a write API: a person brings the key');
    report.text('For that the base account, which was pushed, is removed first. With deletionProtection: false it may go under its connectors.');
    await stage.deploy(['CentralSecurity'], { deletionProtection: 'false' });
    await this.destroyed(['CentralSecurity']);
    stage.service.writeApi = false;
    const outputs = await stage.deploy(['CentralSecurity'], { delivery: 'console' });
    report.check('the deploy succeeds, the service has no base account yet', stage.service.baseAccounts().length === 0);
    report.text('The output NextStep says:');
    nextStepOf(outputs).split(/ (?=\d\. )/).forEach((step) => report.text(`  ${step}`));

    await this.enterKey();
    await this.assumedByAll();
    const after = await stage.deploy(['CentralSecurity'], { delivery: 'console', title: 'Security' });
    report.check('the next deploy finds the entry', !nextStepOf(after).includes('paste'), nextStepOf(after));
    report.text('The key rotates here too.');
    await this.rotation().atConsole(USUAL);
  }

  public async morning(): Promise<void> {
    this.report.title("8. An operator's morning");
    await new MorningScene(this.stage, this.report).play(() => this.enterKey());
    for (const name of CONNECTED) this.connectors.set(name, this.stage.connector(name));
    await this.assumedByAll();
  }

  public async destroy(): Promise<void> {
    const { stage, report } = this;
    report.title('9. Everything is taken away: the connectors first, the base account last');
    const refused = await stage.destroy(['CentralSecurity'], { delivery: 'console' });
    report.check('cdk destroy CentralSecurity --exclusively is refused while the entry, which was made at the console, is still there', refused.exitCode !== 0);
    report.fact('because', reasonOf(refused));
    report.check('and the key still works', (await stage.currentKey())?.accessKeyId === stage.service.baseAccounts()[0]?.accessKeyId);
    await this.assumedByAll();
    await this.destroyed(['Connectors']);
    const left = stage.service.connectors().filter(({ isDeleted }) => !isDeleted).length;
    report.check('the service has no connector any more', left === 0, String(left));
    stage.service.console.deleteBaseAccount('Global');
    report.text('A person removes the entry at the console.');
    await this.destroyed(['--all']);
    report.check('the service has no base account', stage.service.baseAccounts().length === 0);
    for (const [name, account] of Object.entries(ACCOUNTS)) {
      const remains = await inventory(stage.emulator, account);
      report.check(`nothing is left in ${name}`, remains.length === 0, remains.join(', '));
    }
  }

  private async enterKey(): Promise<void> {
    const { accessKeyId, secretAccessKey } = (await this.stage.currentKey())!;
    this.stage.service.console.createBaseAccount({ title: 'Central Security', awsAccountId: SECURITY, accountType: 'Global', accessKeyId, secretAccessKey });
    this.report.text('A person pastes it at the console.');
  }

  private pushedThenRead(): boolean {
    const calls = this.stage.service.requests().map(({ path }) => path).filter((path) => path.includes('/am/awsbaseaccount'));
    const pushed = calls.map((path) => path.includes('/create/')).lastIndexOf(true);
    return pushed >= 0 && calls[pushed + 1]?.includes('/search/') === true;
  }

  private rotation(): RotationScene {
    return new RotationScene(this.stage, this.report, [...this.connectors.values()]);
  }

  private async destroyed(stacks: readonly string[]): Promise<void> {
    const { exitCode, logFile } = await this.stage.destroy(stacks);
    this.report.check(`cdk destroy ${stacks.join(' ')}${stacks.includes('--all') ? '' : ' --exclusively'} succeeds`, exitCode === 0, `exit code ${exitCode}, see ${logFile}`);
  }

  private async assumedByAll(): Promise<void> {
    for (const [name, id] of this.connectors) await this.assumed(name, id);

  }

  private async assumed(name: AccountName, id: number): Promise<void> {
    const { state, lastError = '' } = await this.stage.operator.run(id);
    const run = this.stage.service.runs().filter((one) => one.connectorId === id).at(-1);
    this.report.check(`${name} (${ACCOUNTS[name]}): ${run?.roleArn} assumed by the ${run?.signedBy} with ${run?.accessKeyId}`,
      state === 'FINISHED_SUCCESS' && run?.signedBy === 'base account', lastError);
  }
}

function reasonOf({ output }: CdkResult): string {
  return /the Global base account [^;\n]*/.exec(output)?.[0].trim() ?? 'no reason was given';
}

function nextStepOf(outputs: Record<string, Record<string, string>>): string {
  return Object.entries(outputs.CentralSecurity ?? {}).find(([name]) => name.includes('NextStep'))?.[1] ?? 'no output NextStep';
}
