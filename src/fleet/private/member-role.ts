import { Annotations, CfnResource, Stack, Token } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { ArtifactMetadataEntryType } from 'aws-cdk-lib/cloud-assembly-schema';
import { IConstruct, MetadataEntry } from 'constructs';
import { MemberTemplate } from './member-template';
import { knownPartition, knownRegion } from '../../private/partitions';
import { lazyDependency, referenceIn } from '../../private/stack-order';
import { propertiesOf } from '../../private/weak-references';
import { ConnectorRole } from '../../role/connector-role';
import { TrustedAccount } from '../../role/private/trust/trust-statements';
import { ConnectorRoleStackSetProps } from '../connector-role-stack-set-props';

const GUESSABLE = 'cdk-qualys-connectors:guessableExternalId';

/** The role in the template that goes to every account. */
export class MemberRole {
  public readonly template: MemberTemplate;
  public readonly role: ConnectorRole;
  public readonly trusted: readonly TrustedAccount[];

  public constructor(private readonly set: IConstruct, props: ConnectorRoleStackSetProps) {
    const { permissionsBoundaryName, trust, externalId, roleName, path, permissions, maxSessionDuration } = props;
    this.template = new MemberTemplate(set, 'Member');
    this.role = new ConnectorRole(this.template, 'ConnectorRole', {
      roleName,
      path,
      trust,
      externalId,
      permissions,
      maxSessionDuration,
      permissionsBoundary: permissionsBoundaryName === undefined ? undefined : ManagedPolicy.fromManagedPolicyName(this.template, 'Boundary', permissionsBoundaryName),
    });
    this.trusted = trust._accounts(this.role);
    this.checkQualysAccount();
    this.warnOfGuessable(externalId._guessableInCommon());
    // AWS CDK collects dependencies before it resolves references. Otherwise its error would not name the stack set, or each account would import
    // the value from its own exports.
    set.node.addDependency(lazyDependency(() => this.refuseReferences()));
    this.role.node.addValidation({ validate: () => [...this.policiesOfOneAccount(), ...this.relayMessages()] });
  }

  /** Throws for a Qualys account without ID outside of partition `aws`. The template has the ID for that partition alone, so every member would fail. */
  private checkQualysAccount(): void {
    const partition = knownPartition(this.set);
    if (partition === undefined || partition === 'aws' || !this.trusted.some(({ isQualys, accountId }) => isQualys && Token.isUnresolved(accountId))) return;
    throw new Error(`accountId of TrustPrincipal.qualysAccount() is required in partition ${partition} (${this.set.node.path} is in region ${knownRegion(this.set)}): `
      + 'the Qualys account of that partition is not public. Your subscription shows the ID when a connector is created');
  }

  private warnOfGuessable(why: string | undefined): void {
    Annotations.of(this.role).acknowledgeWarning(GUESSABLE, 'a template for accounts that are not known at synth can tell their external IDs apart by the account ID alone');
    if (why === undefined || !this.trusted.some(({ isQualys }) => isQualys)) return;
    Annotations.of(this.set).addWarningV2(GUESSABLE, `the prefix of the external ID ${why}. Callers of the connector service choose the external ID, and all of them call from `
      + 'the Qualys account, so that one who knows yours could read every account: use 20 random digits of your own as the prefix, or trust a base account');
  }

  private refuseReferences(): IConstruct[] {
    const target = this.referredTo();
    if (target === undefined) return [];
    throw new Error(`the template of the StackSet ${this.set.node.path} refers to ${target}, which the accounts of the StackSet cannot read: write a text instead`);
  }

  /** The path of a resource outside of the template that it refers to. AWS CDK itself throws for the name or ARN of a resource without a fixed name. */
  private referredTo(): string | undefined {
    try {
      return referenceIn(this.template, (target) => Stack.of(target) !== this.template)?.node.path;
    } catch (error) {
      const [, path] = /Cannot use resource '([^']+)' in a cross-environment fashion/.exec((error as Error).message) ?? [];
      if (path === undefined) throw error;
      return path;
    }
  }

  /** Errors for policies of one account. In the other accounts the ARN names nothing, or a policy that somebody else made. */
  private policiesOfOneAccount(): string[] {
    const resource = this.role.role.node.defaultChild;
    if (!CfnResource.isCfnResource(resource)) return [];
    const { ManagedPolicyArns = [], PermissionsBoundary } = propertiesOf(this.template, resource);
    const problems = [...[ManagedPolicyArns].flat().map((arn) => ['policy', arn]), ['permissions boundary', PermissionsBoundary]].map(([what, arn]) => {
      const [, account] = /:iam::(\d{12}):/.exec(JSON.stringify(arn ?? '')) ?? [];
      return account === undefined ? undefined : `the ${what as string} of the role must stand in each account of the StackSet, got one of account ${account}: `
        + 'name it by arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:policy/<name>, or by permissionsBoundaryName';
    });
    return problems.filter((problem) => problem !== undefined);
  }

  /** Copies warnings and errors of the template to the stack set, because AWS CDK shows only the messages of stacks that it deploys. */
  private relayMessages(): string[] {
    const { node } = this.set;
    const messages = this.template.node.findAll().flatMap((one) => one.node.metadata).filter(({ type }) => SHOWN.includes(type));
    const isNew = ({ type, data }: MetadataEntry) => !node.metadata.some((known) => known.type === type && known.data === data);
    messages.filter(isNew).forEach(({ type, data }) => node.addMetadata(type, data));
    return [];
  }
}

const SHOWN: readonly string[] = [ArtifactMetadataEntryType.WARN, ArtifactMetadataEntryType.ERROR, ArtifactMetadataEntryType.INFO];
