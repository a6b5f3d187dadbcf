import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, Stage } from 'aws-cdk-lib';
import { violationsOf } from './private/violations';
import { TrustMap } from './trust-map';

/** Properties of a {@link TrustReview}. */
export interface TrustReviewProps {
  /**
   * Folder for `trust-map.md`, `trust-map.html` and `trust-map.json`, relative to the folder that the app runs in. The review makes it.
   *
   * @default - the review writes no files
   */
  readonly directory?: string;

  /**
   * Path of an earlier `trust-map.json`. Both pages then begin with what the change does. Synthesis fails if the file does not exist.
   *
   * @default - the review compares with no earlier map
   */
  readonly baseline?: string;
}

/**
 * A validation plugin that reviews who may assume which role, in every synthesis. It writes the trust map, and fails the synthesis on errors.
 *
 * It has four rules:
 *
 * - `external-id`, an error: others may assume a role without an external ID that is compared by `StringEquals`.
 * - `anyone`, an error: everybody may assume a role.
 * - `key-in-template`, an error: the template makes an access key of a user who may assume roles.
 * - `whole-account`, a warning: a whole base account may assume a role.
 *
 * The name of a finding contains the construct, for example `external-id[Member/ConnectorRole/Resource]`. So an acknowledgement on the construct
 * applies to that one finding.
 *
 * Run `cdk synth` to fail on errors. With the oldest AWS CDK of this library, an app in Python, Java, Go or C# that runs without it prints the errors and
 * exits with success. In a test, use {@link TrustMap}.
 *
 * @example
 * Validations.of(app).addPlugins(new TrustReview({ directory: 'trust-map' }));
 */
export class TrustReview implements IPolicyValidationPlugin {
  /** The name of the plugin in the validation report. */
  public readonly name = 'cdk-qualys-connectors';

  /** The names of the rules, without the construct. */
  public readonly ruleIds?: string[] = ['external-id', 'anyone', 'whole-account', 'key-in-template'];

  /**
   * Makes a review. Add it to an app with `Validations.of(app).addPlugins()`.
   *
   * @param props the folder to write to, and the earlier map to compare with
   */
  public constructor(private readonly props: TrustReviewProps = {}) {}

  /**
   * AWS CDK calls this method after it has written all templates. Throws for a folder that cannot be written, and for a baseline that cannot be read.
   *
   * @param context the app
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { directory, baseline } = this.props;
    // The root is an App, which `Stage.of` does not find.
    const map = TrustMap.fromAssembly((context.appConstruct as Stage).outdir);
    const former = baseline === undefined ? undefined : TrustMap.fromFile(baseline);
    // The files are written first, because AWS CDK stops after an error in the report.
    if (directory !== undefined) map.write(directory, former);
    return violationsOf(map._model, context.appConstruct);
  }
}
