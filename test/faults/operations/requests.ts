import { BaseAccountStage } from '../../support/base-account-stage';

/** What CloudFormation asks of one resource. */
export interface Ask {
  readonly handler: string;
  readonly requestType: 'Create' | 'Update' | 'Delete';
  readonly logicalId: string;
  readonly properties: object;
  readonly oldProperties?: object;
  readonly physicalId?: string;
  readonly stackId?: string;
  /** Where the handler serves more than one. */
  readonly resourceType?: string;
}

/** One invocation with one event, without the lifecycle around it; answers whether the last answer says so. */
export async function ask({ world, stack }: BaseAccountStage, requestId: string, wanted: Ask): Promise<boolean> {
  const { handler, requestType, logicalId, properties, oldProperties, physicalId, stackId, resourceType = 'Custom::UnderTest' } = wanted;
  await world.function(handler).invoke({
    RequestType: requestType,
    ResponseURL: world.answers.url(requestId),
    StackId: stackId ?? stack.stackId,
    RequestId: requestId,
    LogicalResourceId: logicalId,
    ResourceType: resourceType,
    ResourceProperties: properties,
    OldResourceProperties: oldProperties,
    PhysicalResourceId: physicalId,
  });
  return world.answers.all(requestId).at(-1)?.Status === 'SUCCESS';
}

/** The same for a resource that stands: its old properties and its ID are those of the stack. */
export function change(stage: BaseAccountStage, requestType: 'Update' | 'Delete', logicalId: string, changes: object = {}): Ask {
  const { template, properties, physicalId } = stage.stack.resources.get(logicalId)!;
  const handler = template.type === 'Custom::QualysAccessKey' ? 'access-key' : 'base-account';
  return {
    handler, requestType, logicalId, physicalId, properties: { ...properties, ...changes }, oldProperties: requestType === 'Update' ? properties : undefined,
  };
}
