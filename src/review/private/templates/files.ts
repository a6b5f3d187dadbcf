import { jsonIn, parsedJson, readText } from './assembly';
import { isObject, Json, JsonObject, Scope, Template } from './scope';
import { once } from '../lists';
import { ACCOUNT } from '../model';

/** Reads templates. Those of thousands of accounts differ in nothing but the account at the end of an external ID: such are one template. */
export class TemplateFiles {
  private readonly known = new Map<string, Template>();

  /** Throws, with the name of the file and the hint, for one that is not there or is no JSON. */
  public read(path: string, account: string, hint: string): Template {
    const text = readText(path, hint);
    const alike = withoutAccount(text, account);
    return alike === undefined ? kept(parsedJson(text, path, hint)) : once(this.known, alike, () => kept(parsedJson(alike, path, hint)));
  }
}

/**
 * JSON without the account at the end of external IDs, as the map shows these. Nothing, where it names the account elsewhere: that is nobody
 * else's. What is denied, and what a user may ask for, is told as it stands.
 */
function withoutAccount(json: string, account: string): string | undefined {
  if (json.includes('"AWS::IAM::User"')) return undefined;
  if (!json.includes(account)) return json;
  const parts = json.split(`${account}"`);
  const isAlike = !json.includes('"Deny"') && !parts.some((part) => part.includes(account)) && parts.slice(0, -1).every((part) => /"sts:ExternalId": ?"[^"\\]*$/.test(part));
  return isAlike ? parts.join(`${ACCOUNT}"`) : undefined;
}

const RELEVANT = /^(AWS::IAM::|AWS::CloudFormation::Stack|AWS::SecretsManager::RotationSchedule$|Custom::Qualys)/;
const ELSE: JsonObject = {};

/** Of resources that are nothing to the map it is known that they are there: all of a large app would only fill the memory. */
function kept(value: Json): Template {
  const { Parameters, Mappings, Conditions, Resources = {}, Outputs, Transform } = (isObject(value) ? value : {}) as Template;
  const relevant = Object.entries(Resources).map(([logicalId, resource]) => [logicalId, RELEVANT.test(String(resource.Type)) ? resource : ELSE]);
  return { Parameters, Mappings, Conditions, Resources: Object.fromEntries(relevant) as Template['Resources'], Outputs, Transform };
}

/** A template within another one; nothing, where that is no JSON. */
export function inlined(body: string): Template | undefined {
  const template = jsonIn(body);
  return isObject(template) ? kept(template) : undefined;
}

/** A function that is more than text around the partition. */
const DEPENDS = /"Ref":"(?!AWS::Partition")|"Fn::(?!Join")/;

/** What is worked out of a document once for all that are alike: where nothing but the partition is filled in. */
export class Shared<T> {
  private readonly known = new Map<string, Map<string, T>>();
  private readonly texts = new WeakMap<object, string>();

  /** `name` is what else the result depends on. */
  public of({ place }: Scope, document: Json, name: string, work: () => T): T {
    if (!isObject(document)) return work();
    const text = once(this.texts, document, () => withoutAccount(JSON.stringify(document), place.account) ?? '');
    if (text === '') return work();
    const alike = once(this.known, `${place.partition} ${name}`, () => new Map<string, T>());
    const result = alike.get(text) ?? work();
    if (!alike.has(text) && !DEPENDS.test(text)) alike.set(text, result);
    return result;
  }
}
