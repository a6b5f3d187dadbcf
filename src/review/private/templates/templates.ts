import { stacksOf, templatesIn } from './assembly';
import { inlined, TemplateFiles } from './files';
import { textOf } from './intrinsics';
import { holds, namesIn } from './names';
import { Json, objectOf, Resource, Scope, Template, UNKNOWN_PLACE } from './scope';
import { memberStacksOf } from './stack-sets';
import { groupedBy, once } from '../lists';

const NESTED = 'AWS::CloudFormation::Stack';
const STACK_SET = 'AWS::CloudFormation::StackSet';

/** All templates of an assembly, each in its place, nested ones and those of stack sets too. */
export class Templates {
  public readonly scopes: Scope[] = [];
  /** What is not read, a sentence each. */
  public readonly unread: string[] = [];
  private readonly root: string;
  private readonly files = new TemplateFiles();
  private readonly assets = new Map<string, Map<string, string>>();
  private readonly names = namesIn(this.scopes);
  private byType?: Map<string, Resource[]>;

  public constructor(folder: string) {
    this.root = folder.replace(/[\\/]+$/, '') || folder || '.';
    for (const { file, place } of stacksOf(this.root)) {
      const template = this.files.read(`${this.root}/${file}`, place.account, 'the manifest of the cloud assembly names it: synthesize anew');
      // Parameters of a stack may be given when it is deployed, also where they have a default.
      this.add({ template, file, stackFile: file, place, where: [place.account], parameter: () => undefined });
    }
  }

  /** All resources of a type that are there, or may be. */
  public resources(type: string): readonly Resource[] {
    this.byType ??= groupedBy(this.scopes.flatMap((scope) => resourcesOf(scope)), (resource) => resource.type);
    return this.byType.get(type) ?? [];
  }

  private add(own: Omit<Scope, 'number' | 'nested' | 'names' | 'busy' | 'assumed'>): Scope {
    const scope: Scope = { ...own, number: this.scopes.length, nested: new Map(), names: this.names, busy: new Set(), assumed: new Map() };
    this.scopes.push(scope);
    if (scope.template.Transform !== undefined) this.unread.push(`${scope.file} is changed by a transform when it is deployed; what that makes is not read`);
    for (const nested of resourcesOf(scope, NESTED)) this.addNested(scope, nested);
    for (const stackSet of resourcesOf(scope, STACK_SET)) this.addStackSet(scope, stackSet);
    return scope;
  }

  private addNested(scope: Scope, { logicalId, properties, marks }: Resource): void {
    const found = this.asset(scope, properties.TemplateURL);
    if (!found) {
      this.unread.push(`${scope.file}: the template of the nested stack ${logicalId} is not in the cloud assembly`);
      return;
    }
    const given = objectOf(properties.Parameters);
    const parameter = (name: string) => (name in given ? textOf(scope, given[name]) : defaultOf(found.template, name));
    scope.nested.set(logicalId, this.add({ ...scope, ...found, place: { ...scope.place, stackName: `\${${logicalId}}` }, parameter }));
    if (marks.length > 0) this.unread.push(`${scope.file}: the nested stack ${logicalId} is made only ${marks.join(' and ')}; what it holds is shown as if it were there`);
  }

  private addStackSet(scope: Scope, { logicalId, properties }: Resource): void {
    const { TemplateBody: body, TemplateURL: url } = properties;
    const found = body === undefined ? this.asset(scope, url) : { template: inlined(textOf(scope, body)), file: `${scope.file}#${logicalId}` };
    const template = found?.template;
    if (!template) {
      this.unread.push(`${scope.file}: the template of the stack set ${logicalId} is ${found ? 'no JSON' : 'not in the cloud assembly'}`);
      return;
    }
    const { stackFile, place: { partition } } = scope;
    const members = memberStacksOf(scope, properties, (name) => defaultOf(template, name));
    this.add({ template, file: found.file, stackFile, place: { ...UNKNOWN_PLACE, partition }, ...members });
  }

  /** The template that a nested stack or a stack set refers to by the hash of its asset. */
  private asset(scope: Scope, url: Json): { readonly template: Template; readonly file: string } | undefined {
    const hash = /[0-9a-f]{64}/.exec(textOf(scope, url))?.[0];
    const file = hash === undefined ? undefined : once(this.assets, scope.stackFile, () => templatesIn(this.root, scope.stackFile)).get(hash);
    if (file === undefined) return undefined;
    const template = this.files.read(`${this.root}/${file}`, scope.place.account, 'it is the template of a nested stack or of a stack set: synthesize anew');
    return { template, file };
  }
}

/** The default of a parameter. A parameter of Systems Manager has only a name as its default, so its value is unknown. */
function defaultOf({ Parameters = {} }: Template, name: string): Json | undefined {
  const { Type = '', Default } = Parameters[name] ?? {};
  return Type.startsWith('AWS::SSM::') ? undefined : Default;
}

/** The resources of a template, or those of a type, that are there, or may be. */
export function resourcesOf(scope: Scope, wanted?: string): Resource[] {
  return Object.entries(scope.template.Resources ?? {}).flatMap(([logicalId, { Type, Condition, Properties, DeletionPolicy }]) => {
    if (Type === undefined || (wanted !== undefined && String(Type) !== wanted)) return [];
    const is = Condition === undefined || holds(scope, String(Condition));
    if (is === false) return [];
    return [{
      scope,
      logicalId,
      type: String(Type),
      properties: objectOf(Properties),
      removal: /^Retain/.test(textOf(scope, DeletionPolicy)) ? 'stays when its stack is deleted' : 'goes with its stack',
      marks: is === undefined ? [`if ${String(Condition)}`] : [],
    }];
  });
}
