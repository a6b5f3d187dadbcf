import { CustomResource, RemovalPolicy } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { HandlerFunction } from './handler-function';
import { refuseSecretsIn } from './secrets';
import { Needed, waitFor } from './stack-order';
import { fingerprintOfWeakReferences } from './weak-references';
import { REFERENCES_PROPERTY } from '../wire/common';

export interface ServedResourceProps {
  readonly handler: HandlerFunction;
  readonly resourceType: string;
  readonly properties: object;
  readonly removalPolicy: RemovalPolicy;
  /** Constructs that have to exist as long as the resource, also while it is deleted. */
  readonly needs: Needed[];
}

export interface HandledResourceProps extends ServedResourceProps {
  /** The rights of the function for this resource. */
  readonly statements: PolicyStatement[];
  /**
   * Description of the managed policy. It names everything that replaces the resource when it changes. AWS replaces a managed policy whose
   * description changes, so the rights on the old object last until CloudFormation has deleted it.
   */
  readonly access: string;
}

/** Makes a custom resource with its own rights. They exist until the resource has been deleted. */
export function handledResource(scope: Construct, id: string, props: HandledResourceProps): CustomResource {
  const { access: description, statements, needs, ...resource } = props;
  const access = new ManagedPolicy(scope, 'Access', { description, roles: [resource.handler.role], statements });
  return servedResource(scope, id, { ...resource, needs: [access, ...needs] });
}

/** Makes a custom resource whose function has its rights from elsewhere. They must be among `needs`. */
export function servedResource(scope: Construct, id: string, props: ServedResourceProps): CustomResource {
  const { handler, resourceType, properties, removalPolicy, needs } = props;
  const resource = new CustomResource(scope, id, {
    serviceToken: handler.functionArn,
    serviceTimeout: handler.serviceTimeout,
    resourceType,
    properties: { ...properties, [REFERENCES_PROPERTY]: fingerprintOfWeakReferences(scope, () => properties) },
    removalPolicy,
  });
  // The service token is a reference to the function. The function waits for its role, its log group and the rights that it needs to run.
  waitFor(resource, needs);
  refuseSecretsIn(resource, properties);
  return resource;
}
