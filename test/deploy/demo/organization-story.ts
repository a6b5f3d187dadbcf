import { Report } from './report';
import { QUALYS_ACCOUNT_IDS } from '../../support/connector-service/account-type';
import { SECURITY } from '../stage/accounts';
import { inventory } from '../stage/inventory';
import { ConnectedOrganization, MANAGEMENT, MEMBERS, NEWCOMER, Phase, READY, SET } from '../stage/organization';

const QUALYS = QUALYS_ACCOUNT_IDS.Global;
/** Calls that each phase has to bear once it is deployed. */
const CALLS = 200;
/** Those that stay, and whose connectors the service calls all the time. */
const CALLED = [MEMBERS.Production, MEMBERS.Development, MANAGEMENT];
const NAMES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(MEMBERS).map(([name, account]) => [account, name])), [NEWCOMER]: 'Newcomer', [MANAGEMENT]: 'Management',
};

/** A whole organization, a scene at a time. Each says what it checks, and checks it. */
export class OrganizationStory {
  private begun = Date.now();
  private key?: string;
  private calls = 0;

  public constructor(private readonly organization: ConnectedOrganization, private readonly report: Report) {}

  public async roles(): Promise<void> {
    const { organization, report } = this;
    report.title('1. cdk deploy --all -c phase=qualysAccount: one stack set puts the role into every account of two units');
    await organization.to('qualysAccount');
    await this.instances(Object.values(MEMBERS));
    report.check('all roles let the Qualys account in, that of the management account too', await this.everybodyLetsIn(QUALYS));
  }

  public async connectors(): Promise<void> {
    const { organization, report } = this;
    report.title('2. The fleet runs, as it does every five minutes: a connector for each account');
    await this.runFleet();
    const accounts = [...Object.values(MEMBERS), MANAGEMENT];
    for (const account of accounts) report.fact(NAMES[account]!, this.connectorOf(account));
    report.check(`${accounts.length} accounts have a connector`, accounts.every((account) => organization.connectorOf(account) !== undefined));
    await this.runFleet();
    report.text('From here to the end the service calls the roles without a pause.');
    organization.beginCalls(CALLED);
    this.begun = Date.now();
    await this.noOutage('it calls from the Qualys account');
  }

  public async comeAndGo(): Promise<void> {
    const { organization, report } = this;
    report.title('3. An account joins a unit, and another one leaves. Nobody deploys anything');
    await organization.organization.addAccount(NEWCOMER, organization.units.development, 'Newcomer');
    await organization.untilRole(NEWCOMER, true);
    report.check(`${NEWCOMER} has the role`, true);
    await organization.organization.move(MEMBERS.Staging, organization.organization.rootId);
    await organization.untilRole(MEMBERS.Staging, false);
    report.check(`${MEMBERS.Staging} has it no more`, true);
    await organization.sets.settled(SET);
    await this.instances([MEMBERS.Production, MEMBERS.Development, NEWCOMER]);
    await this.runFleet();
    report.fact('joined', this.connectorOf(NEWCOMER));
    report.check('the account that joined has a connector', organization.connectorOf(NEWCOMER) !== undefined);
    report.fact('left', this.connectorOf(MEMBERS.Staging));
    report.check('the connector of the account that left has a day before it is disabled', organization.connectorOf(MEMBERS.Staging)?.settings.disabled === false);
  }

  public async refusedSwitch(): Promise<void> {
    const { organization, report } = this;
    await this.phase('both', '4. The switch to a base account: cdk deploy --all -c phase=both');
    await this.noOutage('every role trusts both');

    report.title('5. cdk deploy --all -c phase=registered, while one role is not ready');
    const trust = (await organization.trustOf(NEWCOMER))!;
    await organization.setTrust(NEWCOMER, trust.replaceAll('qualys-base-account', 'somebody-else'));
    report.text(`Somebody has edited the role of ${NEWCOMER}. The new key is tried on all roles before the service hears of it,`);
    report.text('and again for a minute, as IAM takes its time.');
    const reason = await organization.failsTo('registered');
    const words = /the key of the user .*?Nothing was sent to the service/.exec(reason)?.[0] ?? reason;
    report.fact('the deployment says', `${words}, ...`);
    report.check('it is refused with the number of the account', words.includes(NEWCOMER), reason);
    report.check('the service has heard of nothing, and calls from the Qualys account', organization.stage.service.baseAccounts().length === 0 && this.signer() === QUALYS);
    await this.noOutage('it goes on as before');
    await organization.setTrust(NEWCOMER, trust);
  }

  public async switchOver(): Promise<void> {
    const { organization, report } = this;
    await this.phase('registered', '6. The role is mended: cdk deploy --all -c phase=registered once more');
    this.key = (await organization.stage.currentKey())?.accessKeyId;
    await this.noOutage('all roles let the new key in, and the service has moved to the base account');
    report.check(`it calls with the key ${this.key}`, this.signer() === this.key, this.signer());

    await this.phase('baseAccount', '7. cdk deploy --all -c phase=baseAccount');
    await this.noOutage('every role trusts the base account alone');
    report.check('no role lets the Qualys account in any more', (await organization.letIn(QUALYS, CALLED)).length === 0);
  }

  public async back(): Promise<void> {
    const { organization, report } = this;
    await this.phase('leaving', '8. And back: -c phase=leaving, both, qualysAccount');
    await this.noOutage('every role trusts both again');
    await organization.to('both');
    await this.noOutage('the base account is gone, and the service calls from the Qualys account');
    await organization.to('qualysAccount');
    const { calls, failures, reasons, keyIds } = await organization.endCalls();
    const seconds = Math.round((Date.now() - this.begun) / 1000);
    report.check(`${calls} calls in ${seconds} s, ${failures} failed`, failures === 0, reasons.join('; '));
    report.check(`signed by ${keyIds.join(', then ')}`, keyIds.join() === [QUALYS, this.key, QUALYS].join());
  }

  public async destroy(): Promise<void> {
    const { organization: { stage }, organization, report } = this;
    report.title('9. cdk destroy --all');
    const { exitCode } = await stage.destroy(['--all'], organization.context('qualysAccount'));
    const everywhere = [...Object.values(MEMBERS), NEWCOMER, MANAGEMENT, SECURITY];
    const left = (await Promise.all(everywhere.map(async (account) => inventory(stage.emulator, account)))).flat();
    report.check('the roles go with the set, and nothing is left in any account', exitCode === 0 && left.length === 0, left.join(', '));
    const connectors = stage.service.connectors().filter(({ isDeleted }) => !isDeleted).length;
    report.check(`the ${connectors} connectors stay at the service`, connectors === CALLED.length + 2);
  }

  private async runFleet(): Promise<void> {
    const { organization, report } = this;
    const calls = await organization.runFleet();
    this.calls += calls.length;
    report.fact('a run', `${calls.length} calls of the service, ${this.calls} of the 240 of this hour`);
    for (const line of await organization.askFleet()) report.text(line);
  }

  private connectorOf(account: string): string {
    const { id, settings: { name, disabled } } = this.organization.connectorOf(account) ?? { id: 'none', settings: {} };
    return `connector ${id}, "${name}"${disabled === true ? ', disabled' : ''}`;
  }

  private async phase(phase: Phase, title: string): Promise<void> {
    this.report.title(title);
    await this.organization.to(phase);
  }

  private async instances(accounts: readonly string[]): Promise<void> {
    const statuses = await this.organization.sets.statuses(SET);
    for (const account of accounts) this.report.fact(NAMES[account]!, `${account} ${statuses[account] ?? 'no instance'}`);
    const isReady = Object.keys(statuses).length === accounts.length && accounts.every((account) => statuses[account] === READY);
    this.report.check(`the set has ${accounts.length} instances, and all are current`, isReady, JSON.stringify(statuses));
  }

  private async everybodyLetsIn(caller: string): Promise<boolean> {
    const accounts = [...Object.values(MEMBERS), MANAGEMENT];
    return (await this.organization.letIn(caller, accounts)).length === accounts.length;
  }

  private async noOutage(statement: string): Promise<void> {
    await this.organization.furtherCalls(CALLS);
    const { calls, failures, reasons } = this.organization.tally();
    this.report.check(`${statement} (${calls} calls so far, ${failures} failed)`, failures === 0, reasons[0]);
  }

  private signer(): string | undefined {
    return this.organization.tally().keyIds.at(-1);
  }
}
