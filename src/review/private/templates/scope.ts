import { ACCOUNT, PARTITION, REGION } from '../model';

export type Json = unknown;
export type JsonObject = Readonly<Record<string, Json>>;

export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type?: string; readonly Default?: Json }>>;
  readonly Mappings?: JsonObject;
  readonly Conditions?: JsonObject;
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

export const UNKNOWN_PLACE: Place = { account: ACCOUNT, region: REGION, partition: PARTITION, stackName: '‹stack›' };

/** What the names in a template lead to. Each may need the values of others. */
export interface Names {
  readonly reference: (scope: Scope, name: string) => Json;
  readonly attribute: (scope: Scope, name: string) => Json;
  /** An export, or an output of the stack that is named. */
  readonly output: (scope: Scope, named: JsonObject) => Json;
  /** Whether a condition holds; undefined: only the deployment knows. */
  readonly holds: (scope: Scope, name: string) => boolean | undefined;
}

/** One template in its place. */
export interface Scope {
  /** Which of the templates it is. */
  readonly number: number;
  readonly template: Template;
  readonly place: Place;
  /** File of the template, and of that of the stack around it, below the assembly. */
  readonly file: string;
  readonly stackFile: string;
  /** Accounts, or in words those of a stack set. */
  readonly where: readonly string[];
  /** A parameter's value; undefined: only the deployment knows it. */
  readonly parameter: (name: string) => Json | undefined;
  /** Nested stacks by logical ID, for their outputs. */
  readonly nested: Map<string, Scope>;
  readonly names: Names;
  /** What is taken to hold of conditions that only the deployment knows. */
  readonly assumed: ReadonlyMap<string, boolean>;
  /** What is being worked out: a template that refers to itself comes to an end. */
  readonly busy: Set<string>;
}

/** A resource that is there, or may be. */
export interface Resource {
  readonly scope: Scope;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  /** What becomes of it with its stack, in words. */
  readonly removal: string;
  /** `if X` where it is there under a condition that only the deployment knows. */
  readonly marks: readonly string[];
}

/** With the resource, for those who have to change it. Not part of what is compared or shown. */
export type Located<T> = T & { readonly at?: Resource };

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object. Any other value becomes an object without properties. */
export const objectOf = (value: Json): JsonObject => (isObject(value) ? value : {});

/** The value as a list. Templates may have a single value in place of a list. */
export const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** The value, or the values of the list, as texts. A value that is no text becomes JSON. */
export function texts(value: Json): string[] {
  return (Array.isArray(value) ? value : [value]).map((one) => (typeof one === 'string' ? one : JSON.stringify(one) ?? 'nobody'));
}

/** Name and argument of an intrinsic function. */
export function intrinsic(value: Json): readonly [name?: string, argument?: Json] {
  if (!isObject(value)) return [];
  let name: string | undefined;
  for (const key in value) {
    if (name !== undefined) return [];
    name = key;
  }
  return name !== undefined && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::')) ? [name, value[name]] : [];
}

/** What the code calls it: a logical ID without its hash. */
export const spoken = (logicalId: string): string => logicalId.replace(/(.)[0-9A-F]{8}$/, '$1');
