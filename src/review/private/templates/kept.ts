import { withoutAccount } from './alike';
import { parsedJson, readText } from './assembly';
import { isObject, Json, JsonObject, Template } from './scope';

/** A template with what the map is made of, and that by its type. */
export interface KeptTemplate {
  readonly template: Template;
  /** Logical IDs and resources. */
  readonly byType: ReadonlyMap<string, ReadonlyArray<readonly [string, JsonObject]>>;
}

/** Reads templates. Those of thousands of accounts differ in nothing but the account at the end of an external ID: such are read once. */
export class TemplateFiles {
  private readonly known = new Map<string, KeptTemplate>();

  /** Throws, with the name of the file and the hint, for one that is not there or is no JSON. */
  public read(path: string, account: string, hint: string): KeptTemplate {
    const text = readText(path, hint);
    // What a user may ask for is told as it stands.
    const alike = text.includes('"AWS::IAM::User"') ? undefined : withoutAccount(text, account);
    if (alike === undefined) return kept(parsedJson(text, path, hint));
    let template = this.known.get(alike);
    if (!template) this.known.set(alike, template = kept(parsedJson(alike, path, hint)));
    return template;
  }
}

const RELEVANT = /^(AWS::IAM::|AWS::CloudFormation::Stack|AWS::SecretsManager::RotationSchedule$|Custom::Qualys)/;
const ELSE: JsonObject = {};

/** Of resources that are nothing to the map it is known that they are there: all of a large app would only fill the memory. */
export function kept(value: Json): KeptTemplate {
  const { Parameters, Mappings, Conditions, Resources = {}, Outputs, Transform } = (isObject(value) ? value : {}) as Template;
  const resources = Object.create(null) as Record<string, JsonObject>;
  const byType = new Map<string, [string, JsonObject][]>();
  for (const [logicalId, resource] of Object.entries(Resources)) {
    const type = String(resource.Type);
    const isKept = RELEVANT.test(type);
    resources[logicalId] = isKept ? resource : ELSE;
    if (!isKept) continue;
    if (!byType.has(type)) byType.set(type, []);
    byType.get(type)!.push([logicalId, resource]);
  }
  return { template: { Parameters, Mappings, Conditions, Resources: resources, Outputs, Transform }, byType };
}
