import { FirstDeploymentScene, nextStepOf } from './first-deployment-scene';
import { MorningScene } from './morning-scene';
import { Report } from './report';
import { Load, RotationScene, USUAL } from './rotation-scene';
import { CdkResult } from '../../support/emulator/cdk';
import { ACCOUNTS, AccountName, externalIdOf, roleArnOf } from '../stage/accounts';
import { inventory } from '../stage/inventory';
import { Stage } from '../stage/stage';

const CONNECTED = ['Production', 'Development'] as const;

/** The demo, a scene at a time. Each says what it checks, and checks it. */
export class Story {
  private readonly connectors = new Map<AccountName, number>();

  public constructor(private readonly stage: Stage, private readonly report: Report) {}

  /** The usual way: the service has no write API, and a person enters the key at its console. */
  public async firstDeployment(): Promise<void> {
    const scene = new FirstDeploymentScene(this.stage, this.report);
    await scene.paste(await scene.deploy());
    await scene.again();
    for (const name of CONNECTED) this.connectors.set(name, this.stage.connector(name));
    this.report.text('The service runs them again, as it does every 4 hours:');
    await this.assumedByAll();
  }

  public async wrongExternalId(): Promise<void> {
    const { stage, report } = this;
    report.title('4. A connector made by hand, on the role of Production but with a wrong external ID');
    const arn = roleArnOf(ACCOUNTS.Production);
    const id = await stage.operator.createConnector({ name: 'Wrong', arn, externalId: `${externalIdOf(ACCOUNTS.Production)}0` });
    const { state, lastError = '' } = await stage.operator.run(id);
    report.check('refused by AWS', state === 'FINISHED_ERRORS' && lastError.startsWith('AccessDenied'), state);
    report.fact('because', lastError);
    await stage.operator.deleteConnector(id);
  }

  public async consoleRotation(): Promise<void> {
    this.report.title('5. The key rotates: a new one waits for a person, while the service assumes both roles without a pause');
    await this.rotation().atConsole(USUAL);
  }

  /** From here on the service takes the key through an API, which the vendor does not document. */
  public async push(): Promise<void> {
    const { stage, report } = this;
    report.title('6. A subscription with a write API: one more cdk deploy, with a new title');
    report.text('The vendor documents no such API. Where there is one, nobody has to paste anything any more:');
    stage.service.writeApi = true;
    stage.service.clearRequests();
    const before = await stage.currentKey();
    const outputs = await stage.deploy(['CentralSecurity'], { title: 'Security' });
    const [entry] = stage.service.baseAccounts();
    report.check(`the entry is edited in place: "${entry?.title}"`, entry?.title === 'Security');
    report.check('over HTTPS, then read back', this.writtenThenRead());
    report.check('it has the same key, and the user has no second one', entry?.accessKeyId === before?.accessKeyId
      && Object.keys(await stage.rotation.userKeys()).join() === before?.accessKeyId);
    report.fact('next step', nextStepOf(outputs));
    await this.assumedByAll();
  }

  public async rotate(load: Load): Promise<void> {
    this.report.title('7. The key rotates through the API, while the service assumes both roles without a pause');
    await this.rotation().throughApi(load);
  }

  /** A deletion that would cut connectors off. */
  public async guard(): Promise<void> {
    const { stage, report } = this;
    report.title('8. cdk destroy CentralSecurity --exclusively, while the connectors are still there');
    const refused = await stage.destroy(['CentralSecurity']);
    report.check('refused: the deletion fails, as it is meant to, and entry, key and user stay', refused.exitCode !== 0);
    report.fact('because', reasonOf(refused));
    await this.assumedByAll();
  }

  public async morning(): Promise<void> {
    this.report.title("9. An operator's morning");
    await new MorningScene(this.stage, this.report).play();
    for (const name of CONNECTED) this.connectors.set(name, this.stage.connector(name));
    await this.assumedByAll();
  }

  public async destroy(): Promise<void> {
    const { stage, report } = this;
    report.title('10. cdk destroy --all takes everything away: the connectors first, the base account last');
    const { exitCode, logFile } = await stage.destroy(['--all']);
    report.check('it succeeds', exitCode === 0, `exit code ${exitCode}, see ${logFile}`);
    const left = stage.service.connectors().filter(({ isDeleted }) => !isDeleted).length;
    report.check('the service has no connector any more, and no base account', left === 0 && stage.service.baseAccounts().length === 0);
    for (const [name, account] of Object.entries(ACCOUNTS)) {
      const remains = await inventory(stage.emulator, account);
      report.check(`nothing is left in ${name}`, remains.length === 0, remains.join(', '));
    }
  }

  private writtenThenRead(): boolean {
    const calls = this.stage.service.requests().map(({ path }) => path).filter((path) => path.includes('/am/awsbaseaccount'));
    const written = calls.map((path) => path.includes('/update/')).lastIndexOf(true);
    return written >= 0 && calls[written + 1]?.includes('/search/') === true;
  }

  private rotation(): RotationScene {
    return new RotationScene(this.stage, this.report, [...this.connectors.values()]);
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
