import { join, relative } from 'path';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { AssetFiles, readJson, StackArtifact, stacksOf } from './assembly';
import { holds } from './conditions';
import { textOf } from './intrinsics';
import { isObject, Json, JsonObject, Place, References, Resource, Scope, Template, UNKNOWN_PLACE } from './scope';
import { MemberStacks, memberStacksOf } from './stack-sets';
import { ACCOUNT } from '../model';

interface FoundTemplate {
  readonly template: Template;
  readonly file: string;
}

/** All templates of an assembly, each in its place, nested ones and those of stack sets too. */
export class Templates implements References {
  public readonly scopes: Scope[] = [];
  /** What is not read, a sentence each. */
  public readonly unread: string[] = [];
  private readonly assets = new Map<string, AssetFiles>();
  private readonly byName = new Map<string, Scope>();
  private exports?: Map<string, readonly [Scope, Json]>;

  public constructor(private readonly folder: string) {
    for (const stack of stacksOf(folder)) this.addStack(stack);
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
    const template = readJson(join(folder, file), 'the manifest of the cloud assembly names it: synthesize anew') as Template;
    const partition = region === undefined ? undefined : RegionInfo.get(region).partition;
    const place: Place = { ...UNKNOWN_PLACE, account, stackName, ...region !== undefined && { region }, ...partition !== undefined && { partition } };
    // Parameters of a stack may be given when it is deployed, also where they have a default.
    const own = { place, file: relative(this.folder, join(folder, file)), where: [account], parameter: () => undefined };
    const scope = this.add(template, own, folder, file);
    this.byName.set(`${place.account}/${place.region}/${stackName}`, scope);
  }

  private add(template: Template, own: Pick<Scope, 'place' | 'file' | 'where' | 'parameter'>, folder: string, stackFile: string): Scope {
    const scope: Scope = { ...own, template, all: this, nested: new Map(), holds, busy: new Set(), assumed: new Map() };
    this.scopes.push(scope);
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
    const parameter = (name: string) => (name in given ? textOf(scope, given[name]) : defaultOf(found.template, name));
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
      parameter: (name) => (open.has(name) ? undefined : parameters.get(name) ?? defaultOf(template, name)),
    }, folder, stackFile);
  }

  private assetTemplate(scope: Scope, url: Json, folder: string, stackFile: string): FoundTemplate | undefined {
    if (!this.assets.has(folder)) this.assets.set(folder, new AssetFiles(folder));
    const path = this.assets.get(folder)!.templateOf(textOf(scope, url), stackFile);
    if (path === undefined) return undefined;
    const template = readJson(join(folder, path), 'it is the template of a nested stack or of a stack set: synthesize anew') as Template;
    return { template, file: relative(this.folder, join(folder, path)) };
  }
}

/** Its default; that of a parameter which names a parameter of Systems Manager is only that name. */
function defaultOf({ Parameters = {} }: Template, name: string): Json | undefined {
  const { Type = '', Default } = Parameters[name] ?? {};
  return Type.startsWith('AWS::SSM::') ? undefined : Default;
}

function bodyOf(scope: Scope, body: Json): Template | undefined {
  try {
    const parsed = JSON.parse(textOf(scope, body)) as unknown;
    return isObject(parsed) ? parsed as Template : undefined;
  } catch {
    return undefined;
  }
}

/** What the map is made of; whatever else a template holds is not looked at again. */
const RELEVANT = /^(AWS::IAM::|AWS::CloudFormation::Stack|AWS::SecretsManager::RotationSchedule$|Custom::Qualys)/;

const byType = new WeakMap<Template, ReadonlyMap<string, readonly (readonly [string, JsonObject])[]>>();

function grouped(template: Template): ReadonlyMap<string, readonly (readonly [string, JsonObject])[]> {
  const known = byType.get(template);
  if (known) return known;
  const groups = new Map<string, [string, JsonObject][]>();
  for (const [logicalId, resource] of Object.entries(template.Resources ?? {})) {
    const type = String(resource.Type);
    if (!RELEVANT.test(type)) continue;
    const group = groups.get(type);
    if (group) group.push([logicalId, resource]);
    else groups.set(type, [[logicalId, resource]]);
  }
  byType.set(template, groups);
  return groups;
}

/** The resources of a type that are there, or may be. */
export function resourcesOf(scope: Scope, type: string): Resource[] {
  return (grouped(scope.template).get(type) ?? []).flatMap(([logicalId, resource]) => {
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
