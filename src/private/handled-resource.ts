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
  /** What has to be there as long as the resource is, also while it is deleted. */
  readonly needs: Needed[];
}

export interface HandledResourceProps extends ServedResourceProps {
  /** What the function may do for this resource. */
  readonly statements: PolicyStatement[];
  /**
   * What the rights are for. It names what the resource cannot change in place: AWS replaces a managed policy whose
   * description changes, so that the rights on the old one last until CloudFormation has deleted it.
   */
  readonly access: string;
}

/** A custom resource that brings its own rights, so that they are there until it has been deleted. */
export function handledResource(scope: Construct, id: string, props: HandledResourceProps): CustomResource {
  const { access: description, statements, needs, ...resource } = props;
  const access = new ManagedPolicy(scope, 'Access', { description, roles: [resource.handler.role], statements });
  return servedResource(scope, id, { ...resource, needs: [access, ...needs] });
}

/** A custom resource whose function has its rights from elsewhere: they stand among what it needs. */
export function servedResource(scope: Construct, id: string, props: ServedResourceProps): CustomResource {
  const { handler, resourceType, properties, removalPolicy, needs } = props;
  const resource = new CustomResource(scope, id, {
    serviceToken: handler.functionArn,
    serviceTimeout: handler.serviceTimeout,
    resourceType,
    properties: { ...properties, [REFERENCES_PROPERTY]: fingerprintOfWeakReferences(scope, () => properties) },
    removalPolicy,
  });
  // The service token is a reference to the function, which waits for its role, its log group and its rights to run.
  waitFor(resource, needs);
  refuseSecretsIn(resource, properties);
  return resource;
}
