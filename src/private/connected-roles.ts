import { Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Notes } from './notes';
import { stageOf } from './stacks';

/** A role that a connector connects. */
export interface ConnectedRole {
  readonly apiServer: string;
  /** The ARN as the role's own stack has it: the same for every connector of the role. */
  readonly reference: string;
  /** The ARN as far as it is known at synth, also where `reference` is a token. */
  readonly knownArn?: string;
}

/** Notes the connector of a role. Throws when the stage has one of the same role on the same platform. */
export function noteConnector(connector: IConstruct, { apiServer, reference, knownArn }: ConnectedRole): void {
  const connectors = notesOf(connector);
  const names = [identityOf(connector, reference), ...knownArn === undefined ? [] : [knownArn]].map((name) => `${apiServer} ${name}`);
  const holder = names.map((name) => connectors.get(name)).find((found) => found !== undefined);
  if (holder) {
    throw new Error(`${holder.node.path} and ${connector.node.path} both connect the role ${knownArn ?? 'of one ConnectorRole'}, `
      + 'but one connector a role is enough, and the service reads the account twice with two: keep one of them, or put them in different Stages if they are for different subscriptions');
  }
  names.forEach((name) => { connectors.set(name, connector); });
}

/** Notes the accounts of a fleet: roles by their ARNs, and places that hold accounts, in words. Throws when something else in the stage connects one of them. */
export function noteFleet(fleet: IConstruct, apiServer: string, roles: readonly string[], places: readonly string[]): void {
  const connectors = notesOf(fleet);
  for (const what of [...roles, ...places]) {
    const name = `${apiServer} ${what}`;
    const holder = connectors.get(name);
    if (holder && holder !== fleet) {
      throw new Error(`${holder.node.path} and ${fleet.node.path} both connect ${roles.includes(what) ? `the role ${what}` : what}, but one connector a role is enough, and the service `
        + 'reads the account twice with two: leave it out of one of them, or put them in different Stages if they are for different subscriptions');
    }
    connectors.set(name, fleet);
  }
}

/** A connector may stand there under two names. */
function notesOf(scope: IConstruct): Notes<IConstruct> {
  return new Notes(stageOf(scope), 'connectors');
}

/** The ARN, or the reference with the stack that it leads to. */
function identityOf(scope: IConstruct, arn: string): string {
  if (!Token.isUnresolved(arn)) return arn;
  const reference = Tokenization.reverseString(arn).tokens.find((token) => Reference.isReference(token));
  const stack = Stack.of(reference ? (reference as Reference).target : scope);
  return `${stack.node.path} ${JSON.stringify(stack.resolve(arn))}`;
}
