import { ask } from './requests';
import { ROLE_TRUST_RECORD_PREFIX, ROLE_TRUST_RESOURCE_TYPE, RoleTrustProperties } from '../../../src/wire/role-trust';
import { documentOf, EXTERNAL_ID, QUALYS, ROLE_NAME, SOMEBODY, TRUSTS, VENDOR } from '../../handlers/role-trust/world';
import { BaseAccountStage } from '../../support/base-account-stage';
import { Operation } from '../matrix';

const ROLE_ARN = `arn:aws:iam::111111111111:role/${ROLE_NAME}`;
/** As a person wrote it: the vendor's statement and one of somebody else. */
const ORIGINAL = documentOf(VENDOR, SOMEBODY);
type Trust = keyof typeof TRUSTS;

const properties = (trust: Trust): RoleTrustProperties => ({
  SchemaVersion: '1',
  RoleArn: ROLE_ARN,
  ExternalId: EXTERNAL_ID,
  Statements: TRUSTS[trust],
  FormerAccountIds: [QUALYS],
  AdoptExisting: 'false',
  RecordName: `${ROLE_TRUST_RECORD_PREFIX}/${ROLE_NAME}`,
});

const resource = { handler: 'role-trust', logicalId: 'Trust', resourceType: ROLE_TRUST_RESOURCE_TYPE } as const;
const physicalId = `qualys-role-trust:111111111111:${ROLE_NAME}`;
const create = (stage: BaseAccountStage, token: string, trust: Trust) => ask(stage, token, { ...resource, requestType: 'Create', properties: properties(trust) });
const update = (stage: BaseAccountStage, token: string, from: Trust, to: Trust) => ask(stage, token, {
  ...resource, requestType: 'Update', physicalId, properties: properties(to), oldProperties: properties(from),
});
const remove = (stage: BaseAccountStage, token: string, trust: Trust) => ask(stage, token, { ...resource, requestType: 'Delete', physicalId, properties: properties(trust) });

const trustOf = ({ world }: BaseAccountStage) => world.aws.account.roles.get(ROLE_NAME).trust;

interface Statement {
  readonly Effect: string;
  readonly Principal: { readonly AWS?: string };
  readonly Condition?: { readonly StringEquals?: Record<string, string> };
}

/** The accounts that may assume the role with the external ID. */
function letIn(document: string): string[] {
  return (JSON.parse(document).Statement as Statement[])
    .filter(({ Effect, Condition }) => Effect === 'Allow' && Condition?.StringEquals?.['sts:ExternalId'] === EXTERNAL_ID)
    .map(({ Principal }) => Principal.AWS!.split(':')[4]!);
}

async function role(trust?: Trust): Promise<BaseAccountStage> {
  const stage = new BaseAccountStage();
  stage.world.aws.account.roles.create(ROLE_NAME, ORIGINAL);
  if (trust) expect(await create(stage, 'before', trust)).toBe(true);
  return stage;
}

/** Who is let in before and after is let in all the time, nobody else ever is, and the others' statement is always there as it was. */
const watch = (end: readonly string[]) => (stage: BaseAccountStage) => {
  const before = letIn(trustOf(stage));
  const always = before.filter((account) => end.includes(account));
  return () => {
    const text = trustOf(stage);
    const now = letIn(text);
    return [
      ...(always.every((account) => now.includes(account)) ? [] : ['somebody is locked out who is let in before and after']),
      ...(now.every((account) => before.includes(account) || end.includes(account)) ? [] : ['somebody else is let in']),
      ...(text.includes(SOMEBODY) ? [] : ['a statement of somebody else was changed']),
    ];
  };
};

const accountsOf = (trust: Trust) => letIn(JSON.stringify({ Statement: TRUSTS[trust] }));

/** An operation that ends with this trust; a Delete after it brings back what a person wrote. */
function bringing(to: Trust, operation: Pick<Operation, 'name' | 'prepare' | 'run'>): Operation {
  return {
    ...operation,
    watch: watch(accountsOf(to)),
    settle: async (stage) => {
      expect(JSON.parse(trustOf(stage)).Statement).toEqual([...TRUSTS[to], JSON.parse(SOMEBODY)]);
      stage.world.traffic.watch = undefined;
      expect(await remove(stage, 'after', to)).toBe(true);
    },
    stands: (stage) => ({ trust: trustOf(stage) }),
    end: (stage) => expect(trustOf(stage)).toBe(ORIGINAL),
  };
}

const SWITCHES: ReadonlyArray<readonly [Trust, Trust]> = [['qualys', 'both'], ['both', 'base'], ['base', 'both'], ['both', 'qualys']];

export const ROLE_TRUST_OPERATIONS: readonly Operation[] = [
  ...(['both', 'base'] as const).map((to) => bringing(to, {
    name: `begin to edit the trust of a role: ${to}`, prepare: () => role(), run: (stage, token) => create(stage, token, to),
  })),
  ...SWITCHES.map(([from, to]) => bringing(to, {
    name: `switch the trust of a role from ${from} to ${to}`, prepare: () => role(from), run: (stage, token) => update(stage, token, from, to),
  })),
  {
    name: 'put the trust of a role back',
    prepare: () => role('both'),
    run: (stage, token) => remove(stage, token, 'both'),
    watch: watch(letIn(ORIGINAL)),
    stands: (stage) => ({ trust: trustOf(stage) }),
    end: (stage) => {
      expect(trustOf(stage)).toBe(ORIGINAL);
      expect([...stage.world.aws.parameters.keys()]).toEqual([]);
    },
  },
];
