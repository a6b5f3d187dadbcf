import { Report } from './report';
import { FLEET, FLEET_NAMES, FleetName } from '../stage/fleet';
import { Migration, Phase, QUALYS_ACCOUNT } from '../stage/migration';

/** Calls that each phase has to bear once it is deployed. */
const CALLS = 300;

/** The switch without an outage, a phase at a time, there and back. Each says what it checks, and checks it. */
export class MigrationStory {
  private before?: Record<FleetName, string>;
  private begun = Date.now();

  public constructor(private readonly migration: Migration, private readonly report: Report) {}

  public async begin(): Promise<void> {
    const { migration, report } = this;
    report.title('1. A fleet whose connectors are called from the Qualys account');
    const outputs = await migration.settle();
    for (const name of FLEET_NAMES) {
      report.fact(name, `${FLEET[name].accountId}, role ${FLEET[name].roleName}`);
      report.fact('', ORIGIN[name]);
      report.fact('', outputs.Connectors?.[`${name}Connector`] ?? `${migration.stage.connector(name)}, not in code`);
    }
    report.check('the connector that was there is taken over, with its ID; another one is made', this.isTakenOver());
    await this.expectLetIn(FLEET_NAMES);
    this.before = await migration.trusts();
    migration.beginCalls();
    this.begun = Date.now();
    await this.noOutage('from here to the end the service calls all three without a pause');
  }

  public async there(): Promise<void> {
    const { migration, report } = this;
    await this.phase('both', '2. There: cdk deploy --all -c phase=both');
    await this.noOutage('every role trusts both, and the service goes on calling from the Qualys account');

    await this.phase('registered', '3. cdk deploy --all -c phase=registered');
    await migration.furtherCalls(CALLS);
    const [entry] = migration.stage.service.baseAccounts();
    report.check(`the service has the base account ${entry?.awsAccountId} and calls with its key, ${entry?.accessKeyId}`, this.signer() === entry?.accessKeyId);
    await this.noOutage('the change-over cost no call');

    await this.phase('baseAccount', '4. cdk deploy --all -c phase=baseAccount');
    await this.noOutage('every role trusts the base account alone');
    await this.expectLetIn([]);
  }

  public async back(): Promise<void> {
    const { migration, report } = this;
    await this.phase('leaving', '5. And back: cdk deploy --all -c phase=leaving');
    await this.noOutage('every role trusts both again, and the base account may be removed (RemovalPolicy.DESTROY, deletionProtection: false)');

    await this.phase('both', '6. cdk deploy --all -c phase=both');
    await migration.furtherCalls(CALLS);
    report.check('the service has no base account and calls from the Qualys account again', migration.stage.service.baseAccounts().length === 0
      && this.signer() === QUALYS_ACCOUNT);
    const left = await migration.leftOfBaseAccount();
    report.check('entry, key and user are gone', left.length === 0, left.join(', '));
    await this.noOutage('the change-over cost no call');

    await this.phase('qualysAccount', '7. cdk deploy --all -c phase=qualysAccount');
    await this.noOutage('every role trusts the Qualys account alone');
    const after = await migration.trusts();
    for (const name of FLEET_NAMES) report.check(`the trust policy of ${name} is what it was, byte for byte (${after[name].length} bytes)`, after[name] === this.before![name], after[name]);

    await this.expectLetIn(FLEET_NAMES);
  }

  public async end(): Promise<void> {
    const { calls, failures, reasons, keyIds } = await this.migration.endCalls();
    const seconds = Math.round((Date.now() - this.begun) / 1000);
    this.report.title('8. What the service saw');
    this.report.check(`${calls} calls in ${seconds} s, ${failures} failed`, failures === 0, reasons.join('; '));
    this.report.check(`signed by ${keyIds.join(', then ')}`, keyIds.length === 3 && keyIds[0] === QUALYS_ACCOUNT && keyIds[2] === QUALYS_ACCOUNT);
  }

  private async phase(phase: Phase, title: string): Promise<void> {
    this.report.title(title);
    await this.migration.to(phase);
  }

  private async noOutage(statement: string): Promise<void> {
    await this.migration.furtherCalls(CALLS);
    const { calls, failures, reasons } = this.migration.tally();
    this.report.check(`${statement} (${calls} calls so far, ${failures} failed)`, failures === 0, reasons[0]);
  }

  /** The control: that a call which is not let in would be seen to fail. */
  private async expectLetIn(expected: readonly FleetName[]): Promise<void> {
    const admitted = await this.migration.letIn(QUALYS_ACCOUNT);
    const statement = expected.length > 0 ? 'all roles let the Qualys account in' : 'no role lets the Qualys account in any more';
    this.report.check(statement, admitted.join() === expected.join(), `it gets into ${admitted.join(', ') || 'none'}`);
  }

  private isTakenOver(): boolean {
    const [production, , staging, ...more] = this.migration.stage.service.connectors();
    return more.length === 0 && production!.settings.description?.startsWith('made by hand [cdk-qualys-connectors adopted ') === true
      && staging!.settings.name === 'Staging';
  }

  private signer(): string | undefined {
    return this.migration.tally().keyIds.at(-1);
  }
}

const ORIGIN: Readonly<Record<FleetName, string>> = {
  Production: "The vendor's template made it, and a person its connector, which the app has taken over:",
  Development: 'A person made it, with a statement for auditors, and its connector, which stays as it is:',
  Staging: 'The app made it, and its connector:',
};
