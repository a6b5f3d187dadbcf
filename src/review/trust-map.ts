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
 * Who may become whom, with which key, read from the templates that are deployed: those of stacks, stages, nested stacks and stack sets,
 * with roles of the library, hand-written and included ones, and roles whose trust is edited.
 *
 * A way into a role is never left out: what cannot be told from the templates is shown as a further condition, or as known when deployed.
 * Roles that services, or callers of their own account alone, may assume are counted and not shown. The pages are the same bytes wherever
 * and whenever they are made. Accounts are not asked, and what stands only there is not seen.
 *
 * @example
 * const map = TrustMap.fromStage(app);
 * map.callersOf('QualysConnector'); // ['Base account 111111111111, user qualys-base-account, with external ID ...']
 * map.write('trust-map');
 */
export class TrustMap {
  /**
   * Of the stage or app that `scope` stands in, which it synthesizes as `Template.fromStack` does: nothing can be added to it afterwards.
   * Throws for a construct that stands in no stage.
   *
   * @param scope an app, a stage, or a construct in one
   */
  public static fromStage(scope: IConstruct): TrustMap {
    const stage = Stage.isStage(scope) ? scope : Stage.of(scope);
    if (!stage) throw new Error(`${scope.node.path || 'the construct'} stands in no app or stage: give an App, a Stage, or a construct in one`);
    return new TrustMap(readAssembly(stage.synth().directory));
  }

  /**
   * Of a cloud assembly that is there. Throws, with the name of the file, for a folder without one.
   *
   * @param directory the folder that `cdk synth` wrote, e.g. `cdk.out`
   */
  public static fromAssembly(directory: string): TrustMap {
    return new TrustMap(readAssembly(directory));
  }

  /**
   * Of an earlier map. Throws, with the name of the file, for one that is not there, is no map, or has another schema.
   *
   * @param path a `trust-map.json`
   */
  public static fromFile(path: string): TrustMap {
    return new TrustMap(fromJson(path));
  }

  private constructor(/** @internal */ public readonly _model: Model) {}

  /** What the pages say under *To look at*: missing external IDs, whole accounts, connectors that cannot get in, keys that never rotate. One line each. */
  public get findings(): string[] {
    return findingsOf(this._model);
  }

  /**
   * Who may assume the roles of a name: one line a way in, sorted. Where roles of that name differ between accounts, each line ends with
   * its accounts. Throws for a role that is not in the map, and names those that are.
   *
   * @param roleName name of the role, without its path; a role whose name CloudFormation makes is called `${Name}` by its construct
   */
  public callersOf(roleName: string): string[] {
    return callersOf(this._model, roleName);
  }

  /**
   * What this map changes of a former one: what gets wider first. Nothing, where nobody gets in who did not before and nothing is guarded
   * otherwise; a role that moves between stacks is no change.
   *
   * @param former the map of before
   */
  public changesSince(former: TrustMap): TrustChange[] {
    return changesBetween(former._model, this._model);
  }

  /**
   * As Markdown with a Mermaid picture, for a pull request.
   *
   * @param baseline the map of before: what changes since stands first
   */
  public toMarkdown(baseline?: TrustMap): string {
    return toMarkdown(this._model, baseline && this.changesSince(baseline));
  }

  /**
   * As one HTML page without script, for an audit: light, dark and printed.
   *
   * @param baseline the map of before: what changes since stands first
   */
  public toHtml(baseline?: TrustMap): string {
    return toHtml(this._model, baseline && this.changesSince(baseline));
  }

  /** As JSON, one role a line: the baseline of later changes. */
  public toJson(): string {
    return toJson(this._model);
  }

  /**
   * Writes `trust-map.md`, `trust-map.html` and `trust-map.json`. Makes the folder; throws, with its name, where it cannot be written.
   *
   * @param directory the folder for the three files
   * @param baseline the map of before, for the two pages
   */
  public write(directory: string, baseline?: TrustMap): void {
    writeFiles(directory, { 'trust-map.md': this.toMarkdown(baseline), 'trust-map.html': this.toHtml(baseline), 'trust-map.json': this.toJson() });
  }
}
