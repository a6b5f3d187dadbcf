import { MonitoringApp, monitoringApp } from './apps/monitoring';
import { liveConnectors, takeRequests } from './connector-stage';
import { Stage, StageOptions } from './stage';
import type { MonitorEvent } from '../../../src/wire/monitoring';
import type { Connector } from '../connector-service';
import type { Ended, LambdaFunction } from '../lambda/function';

/** A line of the log about a connector. */
export interface Told {
  readonly outcome: string;
  readonly reason: string;
  readonly roleArn?: string;
  readonly state?: string;
}

/** A stack with connectors that are looked at, and the service that they are made at. */
export class MonitoringStage extends Stage<MonitoringApp> {
  public constructor(options: StageOptions = {}) {
    super(monitoringApp, options);
    this.world.refusal = () => undefined;
  }

  /** What the rule hands over. */
  public get event(): MonitorEvent {
    return JSON.parse(this.stack.resources.get('MonitoringSchedule')!.properties.Targets[0].Input);
  }

  public get function(): LambdaFunction {
    const [served] = [...this.stack.resources.values()].filter(({ template: { deliver, type } }) => deliver && /Connector|Lookup/.test(type));
    return this.world.functionAt(served!.properties.ServiceToken);
  }

  /** One check, at once. */
  public async check(event: object = this.event): Promise<Ended> {
    return this.function.invoke(event);
  }

  /** The metrics of all checks so far, a line each. */
  public get lines(): ReadonlyArray<Record<string, any>> {
    return this.world.log.filter((line) => line.includes('"_aws"') && line.includes('"Stack"')).map((line) => JSON.parse(line));
  }

  /** Their values. */
  public get values(): ReadonlyArray<Readonly<Record<string, number>>> {
    return this.lines.map(({ _aws, Platform, AccountType, Stack, ...values }) => values);
  }

  /** Those of the last check. */
  public get metrics(): Readonly<Record<string, number>> {
    return this.values.at(-1)!;
  }

  /** What checks have said of connectors and the base account. */
  public get words(): Told[] {
    const lines = this.world.log.filter((line) => line.includes('"requestType":"Monitor"')).map((line) => JSON.parse(line));
    return lines.filter(({ step, reason, outcome }) => step === 'task' && reason && outcome !== 'failed').map(({ outcome, reason, roleArn, state }) => ({ outcome, reason, roleArn, state }));
  }

  public get live(): Connector[] {
    return liveConnectors(this.world);
  }

  public takeRequests(): string[] {
    return takeRequests(this.world);
  }

  /** A person at the vendor's console, with the connector of a role. */
  public byHand(roleArn: string): { delete(): void; disable(): void } {
    const { console } = this.world.service;
    const { id } = this.live.find(({ settings }) => settings.arn === roleArn)!;
    return { delete: () => console.deleteConnector(id), disable: () => console.editConnector(id, { disabled: true }) };
  }
}
