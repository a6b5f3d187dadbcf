import { Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AccountType } from '../account-type';
import { QualysPlatform } from '../qualys-platform';

/** Marks a construct that takes the one place for its account type. By name, so that two copies of the library see each other's. */
const PLACE = Symbol.for('cdk-qualys-connectors.base-account');

/**
 * Takes the place that the service has for a base account of this type on this platform. Throws when a construct of the
 * same stage has it. Stages may belong to different subscriptions.
 */
export function takePlace(scope: IConstruct, platform: QualysPlatform, accountType: AccountType): void {
  const place = `${platform.apiServer} ${accountType.name}`;
  const holder = inStage(Stage.of(scope) ?? scope.node.root).find((construct) => placeOf(construct) === place);
  if (holder) {
    const host = Token.isUnresolved(platform.apiServer) ? 'the same platform' : platform.apiServer;
    throw new Error(`${holder.node.path} and ${scope.node.path} both register a base account of type ${accountType.name} at ${host}, `
      + 'but the service has room for one per account type: keep one of them, or put them in different Stages if they are for different subscriptions');
  }
  Object.defineProperty(scope, PLACE, { value: place });
}

function placeOf(construct: IConstruct): unknown {
  return (construct as { [PLACE]?: unknown })[PLACE];
}

/** Everything below, but not what is in stages within. */
function inStage(construct: IConstruct): IConstruct[] {
  return [construct, ...construct.node.children.filter((child) => !Stage.isStage(child)).flatMap(inStage)];
}
