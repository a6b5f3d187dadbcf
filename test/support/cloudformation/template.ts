/** One resource of a template. */
export interface ResourceTemplate {
  readonly type: string;
  /** A custom resource: whoever takes its events, as a function with asynchronous invocation does. */
  readonly deliver?: (event: DeliveredEvent) => Promise<unknown>;
  /** A resource that CloudFormation makes itself. */
  readonly native?: NativeResource;
  /** Values may be intrinsic functions. A change of them is an Update. */
  readonly properties?: object;
  /** What has to be there before, by logical ID: also what the properties refer to. */
  readonly dependsOn?: readonly string[];
  /** `Delete` unless given. */
  readonly deletionPolicy?: Policy;
  /** `Delete` unless given. */
  readonly updateReplacePolicy?: Policy;
}

export type Policy = 'Delete' | 'Retain' | 'RetainExceptOnCreate';
export interface DeliveredEvent { readonly ResourceProperties: Readonly<Record<string, any>> }
export type Properties = Readonly<Record<string, any>>;

/** What was made: its `Ref`, and what `Fn::GetAtt` gives. */
export interface Made {
  readonly physicalId?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Each may take time; a rejection is a failure. Properties are worked out. Another ID after an update is a replacement. */
export interface NativeResource {
  create(properties: Properties): Promise<Made | void> | Made | void;
  update?(properties: Properties, physicalId: string): Promise<Made | void> | Made | void;
  delete?(properties: Properties, physicalId: string): Promise<unknown> | unknown;
}

export type Template = Readonly<Record<string, ResourceTemplate>>;

/** A resource that fails, after so many milliseconds. */
export function failsAfter(
  time: { sleep(milliseconds: number): Promise<void> }, milliseconds: number, dependsOn: readonly string[] = [],
): ResourceTemplate {
  return {
    type: 'Test::Fails',
    dependsOn,
    native: {
      create: async () => {
        await time.sleep(milliseconds);
        throw new Error('as the test wants it');
      },
    },
  };
}
