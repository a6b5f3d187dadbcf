import { succeeds } from './succeeds';
import { EXTERNAL_ID, Trust } from '../../support/stage/apps/role-trust';
import { ORIGINAL, RoleTrustStage, SOMEBODY, TRUSTS } from '../../support/stage/role-trust-stage';
import { Operation } from '../matrix/matrix';

const create = (stage: RoleTrustStage, requestId: string, trust: Trust, id = 'Trust') => succeeds(stage.ask('Create', id, { app: { trust, id }, requestId }));
const update = (stage: RoleTrustStage, requestId: string, trust: Trust, from?: Trust) => (
  succeeds(stage.ask('Update', 'Trust', { app: { trust }, from: from && { trust: from }, requestId })));
const remove = (stage: RoleTrustStage, requestId: string, trust?: Trust, id = 'Trust') => (
  succeeds(stage.ask('Delete', id, { app: trust && { trust, id }, requestId })));

interface Statement {
  readonly Effect: string;
  readonly Principal: { readonly AWS?: string };
  readonly Condition?: { readonly StringEquals?: Record<string, string> };
}

/** The accounts that may assume the role with the external ID. */
function letIn(statements: readonly object[]): string[] {
  return (statements as readonly Statement[])
    .filter(({ Effect, Condition }) => Effect === 'Allow' && Condition?.StringEquals?.['sts:ExternalId'] === EXTERNAL_ID)
    .map(({ Principal }) => Principal.AWS!.split(':')[4]!);
}

/** The role, with its trust edited already where that is said. */
async function role(trust?: Trust, id = 'Trust'): Promise<RoleTrustStage> {
  const stage = new RoleTrustStage();
  expect(await stage.deploy({ trust, id }, trust ? {} : { without: [id] })).toBe('CREATE_COMPLETE');
  return stage;
}

/**
 * Who is let in before, after and by what is asked for in between is let in all the time, nobody else ever is, and the others'
 * statement is always there as it was.
 */
const watch = (end: readonly string[], meanwhile = end) => (stage: RoleTrustStage) => {
  const before = letIn(stage.statements);
  const always = before.filter((account) => end.includes(account) && meanwhile.includes(account));
  const allowed = [...before, ...end, ...meanwhile];
  return () => {
    const now = letIn(stage.statements);
    return [
      ...(always.every((account) => now.includes(account)) ? [] : ['somebody is locked out who is let in before and after']),
      ...(now.every((account) => allowed.includes(account)) ? [] : ['somebody else is let in']),
      ...(stage.document.includes(SOMEBODY) ? [] : ['a statement of somebody else was changed']),
    ];
  };
};

type Rest = Pick<Operation<RoleTrustStage>, 'name' | 'prepare' | 'run' | 'undo'>;

/** An operation that ends with this trust; a Delete after it brings back what a person wrote. */
function bringing(to: Trust, operation: Rest, { meanwhile = to, id = 'Trust' } = {}): Operation<RoleTrustStage> {
  return {
    ...operation,
    watch: watch(letIn(TRUSTS[to]), letIn(TRUSTS[meanwhile])),
    settle: async (stage) => {
      expect(stage.statements).toEqual([...TRUSTS[to], JSON.parse(SOMEBODY)]);
      stage.world.traffic.watch = undefined;
      expect(await remove(stage, 'after', to, id)).toBe(true);
    },
    stands: ({ document }) => ({ document }),
    end: ({ document, world }) => expect([document, world.aws.parameters.size]).toEqual([ORIGINAL, 0]),
  };
}

/** One that ends with the role as a person wrote it. */
function restoring(operation: Rest, meanwhile: Trust): Operation<RoleTrustStage> {
  return {
    ...operation,
    watch: watch(letIn(JSON.parse(ORIGINAL).Statement), letIn(TRUSTS[meanwhile])),
    stands: ({ document }) => ({ document }),
    end: ({ document, world }) => expect([document, world.aws.parameters.size]).toEqual([ORIGINAL, 0]),
  };
}

const SWITCHES: ReadonlyArray<readonly [Trust, Trust]> = [['qualys', 'both'], ['both', 'base'], ['base', 'both'], ['both', 'qualys']];

export const ROLE_TRUST_OPERATIONS: ReadonlyArray<Operation<RoleTrustStage>> = [
  ...(['both', 'base'] as const).flatMap((to) => {
    const begin: Rest = { name: `begin to edit the trust of a role: ${to}`, prepare: () => role(), run: (stage, token) => create(stage, token, to) };
    return [bringing(to, begin), restoring({ ...begin, name: `${begin.name}, and the clean-up`, undo: (stage, token) => remove(stage, token, to) }, to)];
  }),
  ...SWITCHES.flatMap(([from, to]) => {
    const change: Rest = { name: `switch the trust of a role from ${from} to ${to}`, prepare: () => role(from), run: (stage, token) => update(stage, token, to) };
    const rollback: Rest = { ...change, name: `${change.name}, and the rollback`, undo: (stage, token) => update(stage, token, from, to) };
    return [bringing(to, change), bringing(from, rollback, { meanwhile: to })];
  }),
  bringing('both', {
    name: 'rename the construct and switch from both to base, and the rollback',
    prepare: () => role('both', 'Before'),
    run: (stage, token) => create(stage, token, 'base', 'After'),
    undo: (stage, token) => remove(stage, token, 'base', 'After'),
  }, { id: 'Before', meanwhile: 'base' }),
  restoring({ name: 'put the trust of a role back', prepare: () => role('both'), run: (stage, token) => remove(stage, token) }, 'both'),
];
