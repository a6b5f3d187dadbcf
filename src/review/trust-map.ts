import { Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { callersOf } from './private/callers-of';
import { changesBetween } from './private/changes';
import { findingsOf } from './private/groups';
import { fromJson, toJson } from './private/json';
import { Model } from './private/model';
import { toHtml } from './private/pages/html';
import { toMarkdown } from './private/pages/markdown';
import { readAssembly } from './private/reading/read';
import { writeFiles } from './private/write';
import { TrustChange } from './trust-change';

/**
 * A map of who may assume which role, and with which key.
 *
 * It is read from the templates of stacks, stages, nested stacks and stack sets. It has roles of the library, roles that others made or included, and
 * roles whose trust is edited.
 *
 * - The map shows every way into a role. A condition that the templates do not decide is shown as a further condition, or as known when deployed.
 * - Roles that only services, or callers of their own account, may assume are counted and not shown.
 * - The same templates always give the same pages, byte for byte.
 * - The map makes no calls to AWS, so it does not have what exists only in the accounts.
 *
 * @example
 * const map = TrustMap.fromStage(app);
 * map.callersOf('QualysConnector'); // ['Base account 111111111111, user qualys-base-account, with external ID ...']
 * map.write('trust-map');
 */
export class TrustMap {
  /**
   * Reads the map of the stage or app that contains `scope`.
   *
   * It synthesizes the stage, as `Template.fromStack` does, so you cannot add constructs afterwards. Throws for a construct outside of an app or stage.
   *
   * @param scope an app, a stage, or a construct in one
   */
  public static fromStage(scope: IConstruct): TrustMap {
    const stage = Stage.isStage(scope) ? scope : Stage.of(scope);
    if (!stage) throw new Error(`${scope.node.path || 'the construct'} stands in no app or stage: give an App, a Stage, or a construct in one`);
    return new TrustMap(readAssembly(stage.synth().directory));
  }

  /**
   * Reads the map of an existing cloud assembly. Throws for a folder without one, and names the missing file.
   *
   * @param directory the folder that `cdk synth` wrote, e.g. `cdk.out`
   */
  public static fromAssembly(directory: string): TrustMap {
    return new TrustMap(readAssembly(directory));
  }

  /**
   * Reads an earlier map from its file. Throws, with the name of the file, if it does not exist, is not a map, or has another schema.
   *
   * @param path path of a `trust-map.json`
   */
  public static fromFile(path: string): TrustMap {
    return new TrustMap(fromJson(path));
  }

  private constructor(/** @internal */ public readonly _model: Model) {}

  /**
   * The findings that the pages show under *To look at*, one line each.
   *
   * They are missing external IDs, whole accounts that may assume a role, connectors that cannot assume their role, and keys that never rotate.
   */
  public get findings(): string[] {
    return findingsOf(this._model);
  }

  /**
   * Returns who may assume the roles with this name, sorted, with one line for each way in.
   *
   * If roles with this name differ between accounts, each line ends with its accounts. Throws for a role that is not in the map, and names those that are.
   *
   * @param roleName name of the role, without its path; if CloudFormation makes the name, `${Name}` with the ID of the construct
   */
  public callersOf(roleName: string): string[] {
    return callersOf(this._model, roleName);
  }

  /**
   * Returns what has changed since an earlier map, with widened roles first.
   *
   * The list is empty if all roles have the same callers and conditions as before. A role that moves between stacks is no change.
   *
   * @param former the earlier map
   */
  public changesSince(former: TrustMap): TrustChange[] {
    return changesBetween(former._model, this._model);
  }

  /**
   * Returns the map as Markdown with a Mermaid picture, for a pull request.
   *
   * @param baseline the earlier map; the page then begins with what has changed since
   */
  public toMarkdown(baseline?: TrustMap): string {
    return toMarkdown(this._model, baseline && this.changesSince(baseline));
  }

  /**
   * Returns the map as one HTML page without scripts, for an audit. It has styles for light and dark screens and for print.
   *
   * @param baseline the earlier map; the page then begins with what has changed since
   */
  public toHtml(baseline?: TrustMap): string {
    return toHtml(this._model, baseline && this.changesSince(baseline));
  }

  /** Returns the map as JSON, with one role on each line. It is the baseline for later changes. */
  public toJson(): string {
    return toJson(this._model);
  }

  /**
   * Writes `trust-map.md`, `trust-map.html` and `trust-map.json`. Makes the folder if necessary. Throws, with its name, if it cannot be written.
   *
   * @param directory the folder for the three files
   * @param baseline the earlier map, for the two pages
   */
  public write(directory: string, baseline?: TrustMap): void {
    writeFiles(directory, { 'trust-map.md': this.toMarkdown(baseline), 'trust-map.html': this.toHtml(baseline), 'trust-map.json': this.toJson() });
  }
}
