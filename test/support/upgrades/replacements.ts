import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { difference } from '../synth/difference';

/** A template as it is deployed. */
export interface Deployable {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: object }>>;
}

/** By resource type, the properties a change of which makes CloudFormation replace the resource, or may make it. */
type Immutable = Readonly<Record<string, readonly string[]>>;

/**
 * Out of CloudFormation's resource specification, which the AWS CDK CLI brings along: `cdk diff` says by it what is replaced.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-resource-specification.html
 */
function readImmutable(): Immutable {
  const file = join(__dirname, '..', '..', '..', 'node_modules', 'aws-cdk', 'db.json.gz');
  const { schema } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as {
    schema: { resource: { entities: Array<{ cloudFormationType: string; properties: Record<string, { causesReplacement?: 'yes' | 'no' | 'maybe' }> }> } };
  };
  return Object.fromEntries(schema.resource.entities.map(({ cloudFormationType, properties }) => [
    cloudFormationType, Object.entries(properties).filter(([, { causesReplacement = 'no' }]) => causesReplacement !== 'no').map(([name]) => name),
  ]));
}

let immutable: Immutable | undefined;

export function immutableProperties(type: string): readonly string[] {
  // CloudFormation refuses a custom resource another function; what else changes, its handler decides.
  if (/^(Custom::|AWS::CloudFormation::CustomResource)/.test(type)) return ['ServiceToken'];
  const found = (immutable ??= readImmutable())[type];
  if (!found) throw new Error(`the specification of CloudFormation does not know ${type}`);
  return found;
}

/** What an update from one template to the other takes away or replaces: `<logical ID> (<type>): <what>`. */
export function replacements(before: Deployable, after: Deployable): string[] {
  return Object.entries(before.Resources).flatMap(([id, { Type, Properties = {} }]) => {
    const now = after.Resources[id];
    if (!now) return [`${id} (${Type}): removed`];
    if (now.Type !== Type) return [`${id} (${Type}): becomes ${now.Type}`];
    const changed = Object.keys(difference(Properties, now.Properties ?? {}, 'Properties')).map((path) => path.split('.')[1]!);
    const replacing = [...new Set(changed)].filter((property) => immutableProperties(Type).includes(property));
    return replacing.map((property) => `${id} (${Type}): replaced for its ${property}`);
  });
}
