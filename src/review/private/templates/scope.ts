import { ACCOUNT, PARTITION, REGION } from '../model';

export type Json = unknown;
export type JsonObject = Readonly<Record<string, Json>>;

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly deletionPolicy?: string;
  /** `if X` where it is there under a condition that only the deployment knows. */
  readonly marks: readonly string[];
}

export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type?: string; readonly Default?: Json }>>;
  readonly Mappings?: Readonly<Record<string, Json>>;
  readonly Conditions?: Readonly<Record<string, Json>>;
  readonly Resources?: Readonly<Record<string, JsonObject>>;
  readonly Outputs?: Readonly<Record<string, JsonObject>>;
  readonly Transform?: Json;
}

/** Where a template is deployed to, as far as the assembly says. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly stackName: string;
}

/** What stacks of the same account hand to each other. */
export interface References {
  exported(place: Place, name: string): readonly [Scope, Json] | undefined;
  output(place: Place, stackName: string, name: string): readonly [Scope, Json] | undefined;
}

/** One template in its place, with what its parameters are. */
export interface Scope {
  readonly template: Template;
  /** What the map is made of: logical IDs and resources. */
  readonly byType: ReadonlyMap<string, ReadonlyArray<readonly [string, JsonObject]>>;
  readonly place: Place;
  /** Templates that this one may refer to. */
  readonly all: References;
  /** A parameter's value; undefined: only the deployment knows it. */
  readonly parameter: (name: string) => Json | undefined;
  /** Nested stacks by logical ID, for their outputs. */
  readonly nested: Map<string, Scope>;
  /** Whether a condition holds; undefined: only the deployment knows. */
  readonly holds: (scope: Scope, name: string) => boolean | undefined;
  /** What is being worked out: a template that refers to itself comes to an end. */
  readonly busy: Set<string>;
  /** What is taken to hold of conditions that only the deployment knows. */
  readonly assumed: ReadonlyMap<string, boolean>;
  /** File of the template, below the assembly. */
  readonly file: string;
  /** Accounts, or in words those of a stack set. */
  readonly where: readonly string[];
}

export const UNKNOWN_PLACE: Place = { account: ACCOUNT, region: REGION, partition: PARTITION, stackName: '‹stack›' };

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Name and argument of an intrinsic function. */
export function intrinsic(value: Json): readonly [string, Json] | undefined {
  if (!isObject(value)) return undefined;
  let name: string | undefined;
  for (const key in value) {
    if (name !== undefined) return undefined;
    name = key;
  }
  return name !== undefined && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::')) ? [name, value[name]] : undefined;
}

/** What the code calls it: a logical ID without its hash. */
export function spoken(logicalId: string): string {
  return logicalId.replace(/(.)[0-9A-F]{8}$/, '$1');
}

/** Where something stands, for those who have to change it. Not part of what is compared or shown. */
export type Located<T> = T & { readonly at?: { readonly scope: Scope; readonly logicalId: string } };
