import type { StackStatus } from '../../../support/cloudformation/stack';
import type { Connector } from '../../../support/connector-service';
import { ConnectorApp, ROLE } from '../../../support/stage/apps/connector';
import { ConnectorStage, liveConnectors } from '../../../support/stage/connector-stage';
import type { Stage } from '../../../support/stage/stage';
import { Command as AnyCommand, SceneOf } from '../command';
import { Phase, StackScene } from '../stack-scene';

/** The other role that a template may name: then it is another connector. */
export const OTHER_ROLE = `${ROLE}2`;

export type Desired = Required<Pick<ConnectorApp, 'name' | 'pollingMinutes' | 'enabled' | 'roleArn'>> & Pick<ConnectorApp, 'description'>;

export interface Model {
  phase: Phase;
  desired: Desired;
  adopt: boolean;
  /** A person has changed, removed or doubled what the stack manages; a run that failed may have, too. */
  disturbed: boolean;
}

export function firstModel(): Model {
  return { phase: 'NONE', desired: { name: 'Production', pollingMinutes: 240, enabled: true, roleArn: ROLE }, adopt: false, disturbed: false };
}

export interface BringOptions {
  /** Another resource of the stack fails, so many milliseconds after it began: what is under way is cancelled. */
  readonly elsewhere?: number;
  /** The connector is run; nobody has let the service in, so that it fails. */
  readonly verify?: boolean;
  /** The same events come a second time, so many milliseconds later. */
  readonly again?: number | 'at once';
}

export class Scene extends StackScene<ConnectorApp> implements SceneOf<Model> {
  /** Made by a person. */
  public readonly byHand = new Set<number>();
  /** Events come twice, or work goes on behind CloudFormation's back: then there may be two for a moment. */
  private mayDouble = false;

  public constructor(seed: number) {
    super(new ConnectorStage({ seed, stackName: 'Stack1' }));
  }

  public get live(): Connector[] {
    return liveConnectors(this.world);
  }

  public on(role: string): Connector[] {
    return this.live.filter(({ settings }) => settings.arn === role);
  }

  /** Made by a stack and marked so. */
  public get made(): Connector[] {
    return this.live.filter(({ id, settings }) => !this.byHand.has(id) && settings.description?.includes('[cdk-qualys-connectors created '));
  }

  /** As a comparison sees them. */
  public get text(): string {
    return JSON.stringify(this.live);
  }

  public async bring(desired: Desired, adopt: boolean, { elsewhere, again, verify }: BringOptions = {}, stage = this.stage): Promise<StackStatus> {
    this.mayDouble = again !== undefined;
    stage.requests.duplicate = again === undefined ? undefined : () => again;
    this.world.traffic.latency = elsewhere === undefined ? undefined : () => 100;
    const app: ConnectorApp = { ...desired, adoptExisting: adopt, verify: verify ? 'fail' : undefined };
    const status = await this.deploy(app, elsewhere === undefined ? {} : this.failing(elsewhere), stage);
    this.world.traffic.latency = stage.requests.duplicate = undefined;
    this.mayDouble = false;
    return status;
  }

  public after(model: Model, hit: boolean): void {
    expect(this.violations).toEqual([]);
    model.disturbed ||= hit;
    if (model.phase !== 'STANDING' || model.disturbed) return;
    const { name, pollingMinutes, enabled, roleArn } = model.desired;
    expect(this.live.map(({ settings }) => [settings.name, settings.runFrequency, settings.disabled ?? false, settings.arn]))
      .toEqual([[name, pollingMinutes, !enabled, roleArn]]);
  }

  protected another(stackName: string): Stage<ConnectorApp> {
    return new ConnectorStage({ beside: this.stage, stackName });
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

export abstract class Command<Options = undefined> extends AnyCommand<Model, Scene, Options> {}
