import { Annotations, CfnElement, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, StringConcat, Tokenization } from 'aws-cdk-lib';
import { Construct, Dependable, IConstruct, IDependable } from 'constructs';
import { Notes } from './notes';
import { deployedStack, inOneStage, stageOf } from './stacks';

/** A construct to wait for, known now or found when the app is synthesized. */
export type Needed = IDependable | (() => readonly IConstruct[]);

/** A request to deploy the stacks of the found constructs before the stack of `scope`. */
interface Wish {
  readonly scope: IConstruct;
  readonly find: () => readonly IConstruct[];
  /** Whether the deployment may fail without this order. Such orders have priority. */
  readonly isNeed: boolean;
}

/**
 * Makes a resource wait for constructs that it needs.
 *
 * - In the same stack, the resource depends on them.
 * - Another stack of the same stage is deployed before the resource's own stack. If that stack already waits for this one, by a reference or an
 *   explicit dependency, synthesis warns and keeps the existing order.
 *
 * A construct without resources, for example an imported one, needs no wait.
 */
export function waitFor(resource: Construct, needed: readonly Needed[]): void {
  for (const need of needed) {
    if (typeof need === 'function' || Construct.isConstruct(need)) {
      const find: () => readonly IConstruct[] = typeof need === 'function' ? need as () => readonly IConstruct[] : () => [need];
      const isHere = (one: IConstruct) => deployedStack(one) === deployedStack(resource);
      resource.node.addDependency(lazyDependency(() => find().filter((one) => isHere(one) && hasResource(one))));
      wish({ scope: resource, find: () => find().filter((one) => !isHere(one)), isNeed: true });
    } else {
      resource.node.addDependency(need);
    }
  }
}

/** Deploys the stack of `scope` after the stacks of the found constructs, unless something prevents that. */
export function wishBefore(scope: IConstruct, find: () => readonly IConstruct[]): void {
  wish({ scope, find, isNeed: false });
}

function wish(one: Wish): void {
  const wishes = wishesOf(one.scope);
  // Validations run when the references between stacks are known, and before the assembly fixes the order.
  if (wishes.size === 0) {
    stageOf(one.scope).node.addValidation({
      validate: () => {
        grant(wishes.values());
        return [];
      },
    });
  }
  wishes.add(one);
}

function wishesOf(scope: IConstruct): Notes<Wish> {
  return new Notes(stageOf(scope), 'order-of-stacks');
}

function grant(wishes: readonly Wish[]): void {
  for (const one of [...wishes.filter(({ isNeed }) => isNeed), ...wishes.filter(({ isNeed }) => !isNeed)]) {
    const stack = deployedStack(one.scope);
    for (const { found, other } of othersOf(one)) {
      if (!waitsFor(other, stack)) letWait(stack, other);
      else if (one.isNeed) warnOfOrder(one.scope, found, stack, other);
    }
  }
}

/** Newer versions of AWS CDK warn about the method name that older ones have. */
export function letWait(stack: Stack & { addStackDependency?(target: Stack): void }, other: Stack): void {
  if (stack.addStackDependency) stack.addStackDependency(other);
  else stack.addDependency(other);
}

/** The constructs in other stacks, with their stacks. */
function othersOf({ scope, find }: Wish): Array<{ readonly found: IConstruct; readonly other: Stack }> {
  const found = find().filter((one) => inOneStage(one, scope) && hasResource(one));
  return found.map((one) => ({ found: one, other: deployedStack(one) }));
}

function warnOfOrder(scope: IConstruct, needed: IConstruct, stack: Stack, other: Stack): void {
  Annotations.of(scope).addWarningV2('cdk-qualys-connectors:neededLater',
    `${scope.node.path} needs ${needed.node.path}, but ${other.node.path} is deployed after ${stack.node.path}, from which it reads or which it depends on: the first deployment may `
    + 'fail. Put the two into one stack, or end what makes that stack wait');
}

/** Whether a stack needs a resource of another one. */
export function needsFrom(stack: Stack, other: Stack): boolean {
  const needs = wishesOf(stack).values().filter(({ isNeed, scope }) => isNeed && deployedStack(scope) === stack);
  return needs.some((need) => othersOf(need).some((one) => one.other === other));
}

/** Whether a stack is deployed after another one, by the known dependencies of stacks. */
export function waitsFor(stack: Stack, other: Stack, seen = new Set<Stack>()): boolean {
  if (stack === other) return true;
  if (seen.has(stack)) return false;
  seen.add(stack);
  return stack.dependencies.some((next) => waitsFor(next, other, seen));
}

/** Whether a stack refers to another one, before AWS CDK has made that a dependency. */
export function readsFrom(stack: Stack, other: Stack): boolean {
  return referenceIn(stack, (target) => deployedStack(target) === other) !== undefined;
}

/** The first of these constructs that a stack refers to. */
export function referenceIn(stack: Stack, isSuch: (target: IConstruct) => boolean): IConstruct | undefined {
  const found = new FindReference(isSuch);
  for (const element of stack.node.findAll().filter(CfnElement.isCfnElement)) {
    const content = (element as unknown as { _toCloudFormation(): object })._toCloudFormation();
    Tokenization.resolve(content, { scope: element, resolver: found, preparing: true });
    if (found.target) return found.target;
  }
  return undefined;
}

class FindReference extends DefaultTokenResolver {
  public target?: IConstruct;

  public constructor(private readonly isSuch: (target: IConstruct) => boolean) {
    super(new StringConcat());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token) && this.isSuch(token.target)) this.target ??= token.target;
    return super.resolveToken(token, context, postProcessor);
  }
}

function hasResource(construct: IConstruct): boolean {
  return construct.node.findAll().some((one) => CfnElement.isCfnElement(one));
}

/** A dependency whose constructs are found when the app is synthesized. */
export function lazyDependency(find: () => readonly IConstruct[]): IDependable {
  const dependency: IDependable = {};
  Dependable.implement(dependency, { get dependencyRoots() { return [...find()]; } });
  return dependency;
}
