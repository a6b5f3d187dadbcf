import { CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** A resource as it stands in the template, with the construct that it comes from. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, any>>;
  readonly construct: CfnResource;
}

/** All resources of a stack, as deployed: aspects, tags and overrides have done their work. */
export function resourcesOf(stack: Stack): TemplateResource[] {
  const { Resources } = Template.fromStack(stack).toJSON();
  const constructs = stack.node.findAll()
    .filter((construct): construct is CfnResource => CfnResource.isCfnResource(construct) && Stack.of(construct) === stack);
  const found = constructs.map((construct) => {
    const logicalId: string = stack.resolve(construct.logicalId);
    const { Type, Properties = {} } = Resources[logicalId] ?? {};
    return { logicalId, type: Type, properties: Properties, construct };
  }).filter(({ type }) => type !== undefined);
  const missed = Object.keys(Resources).filter((id) => !found.some(({ logicalId }) => logicalId === id));
  if (missed.length > 0) throw new Error(`no construct of the stack makes ${missed.join(', ')}`);
  return found;
}
