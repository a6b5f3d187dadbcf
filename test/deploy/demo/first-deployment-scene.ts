import { Report } from './report';
import type { Stage } from '../stage/stage';

const NOT_RUN = 'NOT RUN: the base account of this account type waits for its key at the console';
const CONNECTED = ['Production', 'Development'] as const;
/** The stacks with a function of the library. */
const ASKED = ['CentralSecurity', 'Connectors'] as const;

type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The first deployment of every real user: the service takes the key from a person at its console, and from nobody else. */
export class FirstDeploymentScene {
  public constructor(private readonly stage: Stage, private readonly report: Report) {}

  public async deploy(): Promise<Outputs> {
    const { stage, report } = this;
    report.title('1. cdk deploy --all, from nothing: a base account in Central Security, a role and a connector for Production and for Development');
    const outputs = await stage.deploy(['--all']);
    report.check('the deployment succeeds, and the service has no base account yet', stage.service.baseAccounts().length === 0);
    for (const name of CONNECTED) report.fact(name, connectorOf(outputs, name));
    report.check('each connector is made, and none is run', CONNECTED.every((name) => connectorOf(outputs, name).includes(NOT_RUN)) && stage.service.runs().length === 0);
    report.text('The output NextStep of CentralSecurity says what to do:');
    nextStepOf(outputs).split(/ (?=\d\. )/).forEach((step) => report.text(`  ${step}`));
    report.text('and the output ConfirmCommand of each stack how to ask whether it worked:');
    for (const name of ASKED) report.fact(`  ${name}`, outputs[name]?.ConfirmCommand ?? 'no output ConfirmCommand');
    return outputs;
  }

  /** A person asks too early, enters the key, and asks again. */
  public async paste(outputs: Outputs): Promise<void> {
    const { stage, report } = this;
    report.title('2. A person brings the key');
    report.text('ConfirmCommand, before:');
    await this.ask(outputs, 'CentralSecurity', /^NOT REGISTERED: /, 'it says what is missing');
    await stage.paste('Central Security');
    const [entry] = stage.service.baseAccounts();
    report.text(`At the console a person enters "${entry?.title}", AWS account ${entry?.awsAccountId}, account type ${entry?.accountType}, and the key ${entry?.accessKeyId}.`);
    report.text('ConfirmCommand, after:');
    await this.ask(outputs, 'CentralSecurity', /^REGISTERED: /, 'the base account is registered');
    await this.ask(outputs, 'Connectors', /SUCCEEDED/, 'the connectors that were not run yet are run, and work');
    report.check(`the service says so too: ${this.states()}`, this.states() === 'Development FINISHED_SUCCESS, Production FINISHED_SUCCESS');
  }

  /** The next deployment that changes something. */
  public async again(): Promise<void> {
    const { stage, report } = this;
    report.title('3. cdk deploy --all once more, with another description of the connectors: the outputs say what is so by now');
    const outputs = await stage.deploy(['--all'], { description: 'read by the auditors' });
    for (const name of CONNECTED) report.fact(name, connectorOf(outputs, name));
    report.check('both connectors are verified', CONNECTED.every((name) => connectorOf(outputs, name).includes('SUCCEEDED: ')));
  }

  private async ask(outputs: Outputs, stack: (typeof ASKED)[number], expected: RegExp, statement: string): Promise<void> {
    const lines = await this.stage.confirm(outputs[stack]!.ConfirmCommand!);
    lines.forEach((line, index) => this.report.fact(index === 0 ? `  ${stack}` : '', line));
    this.report.check(statement, lines.some((line) => expected.test(line)));
  }

  private states(): string {
    return this.stage.service.connectors().map(({ settings, state }) => `${settings.name} ${state}`).sort().join(', ');
  }
}

/** What the output NextStep of the base account's stack says. */
export function nextStepOf({ CentralSecurity = {} }: Outputs): string {
  return Object.entries(CentralSecurity).find(([name]) => name.includes('NextStep'))?.[1] ?? 'no output NextStep';
}

function connectorOf({ Connectors = {} }: Outputs, name: string): string {
  return Connectors[`${name}Connector`] ?? 'no output';
}
