import { Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { QualysPlatform } from '../qualys-platform';
import { ConnectorTarget } from './connector-target';
import { stageNotes } from './stage-notes';

/** Notes the connector of a role. Throws when the stage has one of the same role on the same platform. */
export function noteConnector(connector: IConstruct, { apiServer }: QualysPlatform, { reference, knownArn }: ConnectorTarget): void {
  const connectors = connectedRoles(connector);
  const names = [identityOf(connector, reference), ...knownArn === undefined ? [] : [knownArn]].map((name) => `${apiServer} ${name}`);
  const holder = names.map((name) => connectors.get(name)).find((found) => found !== undefined);
  if (holder) {
    throw new Error(`${holder.node.path} and ${connector.node.path} both connect the role ${knownArn ?? 'of one ConnectorRole'}, `
      + 'but one connector a role is enough, and the service reads the account twice with two: keep one of them, or put them in different Stages if they are for different subscriptions');
  }
  names.forEach((name) => { connectors.set(name, connector); });
}

/** The connectors of the stage; one may stand there under two names. */
export function connectedRoles(scope: IConstruct): Map<string, IConstruct> {
  return stageNotes<IConstruct>(scope, 'connectors');
}

/** The ARN, or the reference with the stack that it leads to. */
function identityOf(scope: IConstruct, arn: string): string {
  if (!Token.isUnresolved(arn)) { return arn; }
  const reference = Tokenization.reverseString(arn).tokens.find((token) => Reference.isReference(token));
  const stack = Stack.of(reference ? (reference as Reference).target : scope);
  return `${stack.node.path} ${JSON.stringify(stack.resolve(arn))}`;
}
