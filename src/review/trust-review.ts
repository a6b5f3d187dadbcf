import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, Stage } from 'aws-cdk-lib';
import { violationsOf } from './private/violations';
import { TrustMap } from './trust-map';

/** What a review writes, and compares with. */
export interface TrustReviewProps {
  /**
   * Folder for `trust-map.md`, `trust-map.html` and `trust-map.json`, below the folder that the app runs in. It is made.
   *
   * @default - no files
   */
  readonly directory?: string;

  /**
   * File of an earlier `trust-map.json`. Both pages then begin with what this change does. Synthesis fails for a file that is not there.
   *
   * @default - nothing to compare with
   */
  readonly baseline?: string;
}

/**
 * Looks at who may become whom when the app is synthesized: writes the map, and lets the synthesis fail on what nobody should deploy.
 *
 * Four rules: `external-id` (a role that others may assume without an external ID compared by `StringEquals`), `anyone` (a role that
 * everybody may assume), `key-in-template` (an access key that the template makes, of a user who may assume roles) and, as a warning,
 * `whole-account` (a role that a whole base account may assume). The name of a finding carries the construct, so that an acknowledgement
 * on the construct is for that one alone: `external-id[Member/ConnectorRole/Resource]`.
 *
 * `cdk synth` is the gate: with the oldest AWS CDK of this library an app in Python, Java, Go or C# that is run without it prints a
 * failure and ends well. In a test, ask the {@link TrustMap}.
 *
 * @example
 * Validations.of(app).addPlugins(new TrustReview({ directory: 'trust-map' }));
 */
export class TrustReview implements IPolicyValidationPlugin {
  /** Stands in the report. */
  public readonly name = 'cdk-qualys-connectors';

  /** The names of the rules, without the construct. */
  public readonly ruleIds?: string[] = ['external-id', 'anyone', 'whole-account', 'key-in-template'];

  /**
   * Reviews the app that it is added to.
   *
   * @param props what it writes, and compares with
   */
  public constructor(private readonly props: TrustReviewProps = {}) {}

  /**
   * Called by AWS CDK when all templates are written. Throws for a folder that cannot be written and a baseline that cannot be read.
   *
   * @param context the app
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { directory, baseline } = this.props;
    // The root is an App, which `Stage.of` does not find.
    const map = TrustMap.fromAssembly((context.appConstruct as Stage).outdir);
    const former = baseline === undefined ? undefined : TrustMap.fromFile(baseline);
    // Before the answer: on a finding nothing after it is run.
    if (directory !== undefined) map.write(directory, former);
    return violationsOf(map._model, context.appConstruct);
  }
}
