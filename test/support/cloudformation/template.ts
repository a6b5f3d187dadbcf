/** One resource of a template. */
export interface ResourceTemplate {
  readonly type: string;
  /** A custom resource: whoever takes its events, as a function with asynchronous invocation does. */
  readonly deliver?: (event: object) => Promise<unknown>;
  /** A resource that CloudFormation makes itself. */
  readonly native?: NativeResource;
  /** Values may be {@link getAtt}. A change of them is an Update. */
  readonly properties?: object;
  readonly dependsOn?: readonly string[];
  /** `Delete` unless given. */
  readonly deletionPolicy?: 'Delete' | 'Retain' | 'RetainExceptOnCreate';
  /** `Delete` unless given. */
  readonly updateReplacePolicy?: 'Delete' | 'Retain';
  /** Seconds; 1500, as the library deploys it, unless given. */
  readonly serviceTimeout?: number;
}

/** Each may take time; a rejection is a failure. */
export interface NativeResource {
  create(): Promise<unknown> | unknown;
  update?(): Promise<unknown> | unknown;
  delete?(): Promise<unknown> | unknown;
}

export type Template = Readonly<Record<string, ResourceTemplate>>;

export class GetAtt {
  public constructor(public readonly logicalId: string, public readonly attribute: string) {}
}

/** An attribute of another resource, which has to be there first. */
export function getAtt(logicalId: string, attribute: string): string {
  return new GetAtt(logicalId, attribute) as unknown as string;
}

/** As values are on the wire: attributes filled in, every scalar a string, what is undefined left out. */
export function resolve(value: unknown, attribute: (of: GetAtt) => string): unknown {
  if (value instanceof GetAtt) return attribute(value);
  if (Array.isArray(value)) return value.map((item) => resolve(item, attribute));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return Object.fromEntries(entries.map(([key, inner]) => [key, resolve(inner, attribute)]));
  }
  return String(value);
}

/** What has to be there before the resource, by logical ID. */
export function needs({ properties, dependsOn = [] }: ResourceTemplate): Set<string> {
  const found = new Set(dependsOn);
  const look = (value: unknown): void => {
    if (value instanceof GetAtt) found.add(value.logicalId);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(look);
  };
  look(properties);
  return found;
}

/** A resource that fails, after so many milliseconds. */
export function failsAfter(time: { sleep(milliseconds: number): Promise<void> }, milliseconds: number): ResourceTemplate {
  const fail = async () => {
    await time.sleep(milliseconds);
    throw new Error('as the test wants it');
  };
  return { type: 'Test::Fails', native: { create: fail, update: fail } };
}
