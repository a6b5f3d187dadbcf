import type { StackStatus } from '../../../support/cloudformation/stack';
import { failsAfter } from '../../../support/cloudformation/template';
import { connectorResource, liveConnectors, ROLE } from '../../../support/connector-resource';
import type { Connector } from '../../../support/connector-service';
import { Phase, StackScene } from '../stack-scene';

/** The other role that a template may name: then it is another connector. */
export const OTHER_ROLE = `${ROLE}2`;

export interface Desired {
  readonly Name: string;
  readonly PollingMinutes: string;
  readonly Enabled: 'true' | 'false';
  readonly RoleArn: string;
  readonly Description?: string;
}

export interface Model {
  phase: Phase;
  desired: Desired;
  adopt: boolean;
  /** A person has changed, removed or doubled what the stack manages; a run that failed may have, too. */
  disturbed: boolean;
}

export function firstModel(): Model {
  return { phase: 'NONE', desired: { Name: 'Production', PollingMinutes: '240', Enabled: 'true', RoleArn: ROLE }, adopt: false, disturbed: false };
}

export interface BringOptions {
  /** Another resource of the stack fails, so many milliseconds after it began: what is under way is cancelled. */
  readonly elsewhere?: number;
  /** The connector is run; nobody has let the service in, so that it fails. */
  readonly verify?: boolean;
  /** The same events come a second time, so many milliseconds later. */
  readonly again?: number | 'at once';
}

export class Scene extends StackScene {
  /** Made by a person. */
  public readonly byHand = new Set<number>();
  /** Events come twice, or work goes on behind CloudFormation's back: then there may be two for a moment. */
  private mayDouble = false;

  public get live(): Connector[] {
    return liveConnectors(this.world);
  }

  public on(role: string): Connector[] {
    return this.live.filter(({ settings }) => settings.arn === role);
  }

  /** Made by a stack and marked so. */
  public get made(): Connector[] {
    return this.live.filter(({ settings }) => settings.description?.includes('[cdk-qualys-connectors created '));
  }

  /** As a comparison sees them. */
  public get text(): string {
    return JSON.stringify(this.live);
  }

  public async bring(desired: Desired, adopt: boolean, { elsewhere, again, verify }: BringOptions = {}, stack = this.stack): Promise<StackStatus> {
    this.mayDouble = again !== undefined;
    this.requests.duplicate = again === undefined ? undefined : () => again;
    this.world.traffic.latency = elsewhere === undefined ? undefined : () => 100;
    const status = await this.deploy({
      Connector: connectorResource(this.world, { ...desired, AdoptExisting: adopt ? 'true' : 'false', Verification: verify ? 'FAIL' : 'NONE' }),
      ...elsewhere === undefined ? {} : { Fails: failsAfter(this.world.time, elsewhere) },
    }, stack);
    this.world.traffic.latency = this.requests.duplicate = undefined;
    this.mayDouble = false;
    return status;
  }

  /** No second connector of one owner on one role, and none that a person made is deleted. */
  protected wrong(): string[] {
    const doubled = new Set(this.made.map(({ settings }) => settings.arn)).size < this.made.length;
    const lost = this.world.service.connectors().some(({ id, isDeleted }) => isDeleted && this.byHand.has(id));
    return [
      ...doubled && !this.mayDouble ? [`${this.made.length} connectors were made`] : [],
      ...lost ? ['a connector made by hand was deleted'] : [],
    ];
  }
}
