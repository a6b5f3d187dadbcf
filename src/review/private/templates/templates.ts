import { RegionInfo } from 'aws-cdk-lib/region-info';
import { AssetFiles, StackArtifact, stacksOf } from './assembly';
import { holds } from './conditions';
import { textOf } from './intrinsics';
import { kept, KeptTemplate, TemplateFiles } from './kept';
import { isObject, Json, Place, References, Resource, Scope, Template, UNKNOWN_PLACE } from './scope';
import { MemberStacks, memberStacksOf } from './stack-sets';
import { ACCOUNT } from '../model';

/** A resource and where it stands. */
export interface Found {
  readonly scope: Scope;
  readonly resource: Resource;
}

const NOTHING_ASSUMED: ReadonlyMap<string, boolean> = new Map();

interface FoundTemplate {
  readonly template: KeptTemplate;
  readonly file: string;
}

/** All templates of an assembly, each in its place, nested ones and those of stack sets too. */
export class Templates implements References {
  public readonly scopes: Scope[] = [];
  /** What is not read, a sentence each. */
  public readonly unread: string[] = [];
  private readonly files = new TemplateFiles();
  private readonly withType = new Map<string, Scope[]>();
  private readonly assets = new Map<string, AssetFiles>();
  private readonly byName = new Map<string, Scope>();
  private readonly folder: string;
  private readonly partitions = new Map<string, string | undefined>();
  private exports?: Map<string, readonly [Scope, Json]>;

  public constructor(folder: string) {
    this.folder = folder.replace(/[\\/]+$/, '') || folder || '.';
    for (const stack of stacksOf(this.folder)) this.addStack(stack);
  }

  /** All resources of a type that are there, or may be, each with its template. */
  public resources(type: string): Found[] {
    return (this.withType.get(type) ?? []).flatMap((scope) => resourcesOf(scope, type).map((resource) => ({ scope, resource })));
  }

  public exported({ account, region }: Place, name: string): readonly [Scope, Json] | undefined {
    this.exports ??= new Map(this.scopes.flatMap((scope) => Object.values(scope.template.Outputs ?? {})
      .filter(({ Export }) => isObject(Export))
      .map(({ Export, Value }) => [`${scope.place.account}/${scope.place.region}/${textOf(scope, (Export as { Name: Json }).Name)}`, [scope, Value] as const])));
    return this.exports.get(`${account}/${region}/${name}`);
  }

  public output({ account, region }: Place, stackName: string, name: string): readonly [Scope, Json] | undefined {
    const scope = this.byName.get(`${account}/${region}/${stackName}`);
    const output = scope?.template.Outputs?.[name];
    return scope && output && [scope, output.Value];
  }

  private addStack({ file, folder, stackName, account = ACCOUNT, region }: StackArtifact): void {
    const template = this.files.read(`${this.folder}/${file}`, account, 'the manifest of the cloud assembly names it: synthesize anew');
    const partition = region === undefined ? undefined : this.partitionOf(region);
    const place: Place = { ...UNKNOWN_PLACE, account, stackName, ...region !== undefined && { region }, ...partition !== undefined && { partition } };
    // Parameters of a stack may be given when it is deployed, also where they have a default.
    const own = { place, file, where: [account], parameter: () => undefined };
    const scope = this.add(template, own, folder, file);
    this.byName.set(`${place.account}/${place.region}/${stackName}`, scope);
  }

  private partitionOf(region: string): string | undefined {
    if (!this.partitions.has(region)) this.partitions.set(region, RegionInfo.get(region).partition);
    return this.partitions.get(region);
  }

  private add({ template, byType }: KeptTemplate, own: Pick<Scope, 'place' | 'file' | 'where' | 'parameter'>, folder: string, stackFile: string): Scope {
    const scope: Scope = { ...own, template, byType, all: this, nested: new Map(), holds, busy: new Set(), assumed: NOTHING_ASSUMED };
    this.scopes.push(scope);
    for (const type of byType.keys()) {
      if (!this.withType.has(type)) this.withType.set(type, []);
      this.withType.get(type)!.push(scope);
    }
    if (template.Transform !== undefined) this.unread.push(`${scope.file} is changed by a transform when it is deployed; what that makes is not read`);
    for (const nested of resourcesOf(scope, 'AWS::CloudFormation::Stack')) this.addNested(scope, nested, folder, stackFile);
    for (const stackSet of resourcesOf(scope, 'AWS::CloudFormation::StackSet')) this.addStackSet(scope, stackSet, folder, stackFile);
    return scope;
  }

  private addNested(scope: Scope, { logicalId, properties, marks }: Resource, folder: string, stackFile: string): void {
    const found = this.assetTemplate(scope, properties.TemplateURL, folder, stackFile);
    if (!found) {
      this.unread.push(`${scope.file}: the template of the nested stack ${logicalId} is not in the cloud assembly`);
      return;
    }
    const given = isObject(properties.Parameters) ? properties.Parameters : {};
    const parameter = (name: string) => (name in given ? textOf(scope, given[name]) : defaultOf(found.template.template, name));
    const stackName = `\${${logicalId}}`;
    const own = { place: { ...scope.place, stackName }, file: found.file, where: scope.where, parameter };
    const inner = this.add(found.template, own, folder, stackFile);
    scope.nested.set(logicalId, inner);
    if (marks.length > 0) this.unread.push(`${scope.file}: the nested stack ${logicalId} is made only ${marks.join(' and ')}; what it holds is shown as if it were there`);
  }

  private addStackSet(scope: Scope, stackSet: Resource, folder: string, stackFile: string): void {
    const { logicalId, properties } = stackSet;
    const found = properties.TemplateBody === undefined
      ? this.assetTemplate(scope, properties.TemplateURL, folder, stackFile)
      : { template: bodyOf(scope, properties.TemplateBody), file: `${scope.file}#${logicalId}` };
    if (found?.template === undefined) {
      this.unread.push(`${scope.file}: the template of the stack set ${logicalId} is ${found ? 'no JSON' : 'not in the cloud assembly'}`);
      return;
    }
    const { where, parameters, open }: MemberStacks = memberStacksOf(scope, properties);
    const { template } = found;
    this.add(template, {
      place: { ...UNKNOWN_PLACE, partition: scope.place.partition },
      file: found.file,
      where,
      parameter: (name) => (open.has(name) ? undefined : parameters.get(name) ?? defaultOf(template.template, name)),
    }, folder, stackFile);
  }

  private assetTemplate(scope: Scope, url: Json, folder: string, stackFile: string): FoundTemplate | undefined {
    if (!this.assets.has(folder)) this.assets.set(folder, new AssetFiles(this.folder, folder));
    const path = this.assets.get(folder)!.templateOf(textOf(scope, url), stackFile);
    if (path === undefined) return undefined;
    return { template: this.files.read(`${this.folder}/${path}`, scope.place.account, 'it is the template of a nested stack or of a stack set: synthesize anew'), file: path };
  }
}

/** Its default; that of a parameter which names a parameter of Systems Manager is only that name. */
function defaultOf({ Parameters = {} }: Template, name: string): Json | undefined {
  const { Type = '', Default } = Parameters[name] ?? {};
  return Type.startsWith('AWS::SSM::') ? undefined : Default;
}

function bodyOf(scope: Scope, body: Json): KeptTemplate | undefined {
  try {
    const parsed = JSON.parse(textOf(scope, body)) as unknown;
    return isObject(parsed) ? kept(parsed) : undefined;
  } catch {
    return undefined;
  }
}

/** The resources of a type that are there, or may be. */
export function resourcesOf(scope: Scope, type: string): Resource[] {
  return (scope.byType.get(type) ?? []).flatMap(([logicalId, resource]) => {
    const condition = resource.Condition === undefined ? undefined : String(resource.Condition);
    const is = condition === undefined ? true : holds(scope, condition);
    return is === false ? [] : [{
      logicalId,
      type,
      properties: isObject(resource.Properties) ? resource.Properties : {},
      deletionPolicy: resource.DeletionPolicy === undefined ? undefined : textOf(scope, resource.DeletionPolicy),
      marks: is === undefined ? [`if ${condition}`] : [],
    }];
  });
}
