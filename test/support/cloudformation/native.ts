import { CustomRequest, Outcome } from './requests';
import { Made, NativeResource, Properties } from './template';

/** CloudFormation makes, changes or deletes a resource by itself, by its model. */
export async function native(resource: NativeResource, requestType: CustomRequest['requestType'], properties: Properties, physicalId: string): Promise<Outcome> {
  try {
    const made: Made = (requestType === 'Create' ? await resource.create(properties)
      : requestType === 'Update' ? await resource.update?.(properties, physicalId) : await resource.delete?.(properties, physicalId) as undefined) ?? {};
    return { succeeded: true, physicalId: made.physicalId ?? physicalId, data: made.attributes ?? {}, reason: '' };
  } catch (error) {
    return { succeeded: false, physicalId, data: {}, reason: (error as Error).message };
  }
}
