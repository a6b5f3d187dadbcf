import { Report } from './report';
import { ScheduledRun } from '../stage/scheduled-run';
import type { Stage } from '../stage/stage';

/** What somebody did at the vendor's console overnight, what the check finds, and what the runbook says against it. */
export class MorningScene {
  private readonly check: ScheduledRun;

  public constructor(private readonly stage: Stage, private readonly report: Report) {
    this.check = new ScheduledRun(stage.emulator, 'Connectors');
  }

  public async play(): Promise<void> {
    const { stage, stage: { service }, report } = this;
    await this.finds('all is well in the evening', { Connectors: 2, MissingConnectors: 0, BaseAccountMissing: 0 });
    service.console.deleteConnector(stage.connector('Production'));
    service.console.deleteBaseAccount('Global');
    report.text('In the night somebody deletes the connector of Production and the entry of the base account at the console.');
    await this.finds('the check, which the rule has run every four hours, finds both', { Connectors: 1, MissingConnectors: 1, BaseAccountMissing: 1 });
    for (const outcome of ['missing', 'base-account-missing']) report.fact(outcome === 'missing' ? 'the log says' : '', (await this.check.told(outcome)).at(-1)!);

    report.text('RUNBOOK.md, "ConnectorAlarms: BaseAccountMissing": give the entry another title and deploy (where a person brings the key, enter it again).');
    await stage.deploy(['CentralSecurity'], { title: 'Central Security' });
    await this.finds('the entry is there again', { MissingConnectors: 1, BaseAccountMissing: 0 });

    report.text('"ConnectorAlarms: Missing": give it another description and deploy.');
    await stage.deploy(['Connectors'], { title: 'Central Security', description: 'made again' });
    await this.finds('the connector is there again, and was run', { Connectors: 2, MissingConnectors: 0, FailingConnectors: 0, BaseAccountMissing: 0 });
  }

  /** Hands over to the deployed function what the rule does. */
  private async finds(statement: string, expected: Readonly<Record<string, number>>): Promise<void> {
    const metrics = await this.check.call();
    const shown = Object.keys(expected).map((name) => `${name} ${String(metrics[name])}`).join(', ');
    const holds = metrics.MonitoringHeartbeat === 1 && Object.entries(expected).every(([name, value]) => metrics[name] === value);
    this.report.check(`${statement}: ${shown}`, holds, JSON.stringify(expected));
  }
}
