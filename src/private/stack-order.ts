import { CfnElement, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, StringConcat, Tokenization } from 'aws-cdk-lib';
import { Construct, IConstruct, IDependable } from 'constructs';
import { lazyDependency } from './lazy-dependency';
import { Notes } from './notes';
import { deployedStack, inOneStage, stageOf } from './stacks';

/** Something to wait for: known now, or found when the app is synthesized. */
export type Needed = IDependable | (() => readonly IConstruct[]);

/** The stacks of what is found are deployed before that of `scope`. */
interface Wish {
  readonly scope: IConstruct;
  readonly find: () => readonly IConstruct[];
}

/**
 * Lets a resource wait for what it needs. In its own stack it depends on that. Another stack of the same stage is deployed before its
 * own, which is a wish: where that one waits for this one, by a reference or by what somebody said, the wish is dropped.
 *
 * A construct without resources, as an imported one, is nothing to wait for.
 */
export function waitFor(resource: Construct, needed: readonly Needed[]): void {
  for (const need of needed) {
    if (typeof need === 'function' || Construct.isConstruct(need)) {
      const find: () => readonly IConstruct[] = typeof need === 'function' ? need as () => readonly IConstruct[] : () => [need];
      const isHere = (one: IConstruct) => deployedStack(one) === deployedStack(resource);
      resource.node.addDependency(lazyDependency(() => find().filter((one) => isHere(one) && hasResource(one))));
      wishBefore(resource, () => find().filter((one) => !isHere(one)));
    } else {
      resource.node.addDependency(need);
    }
  }
}

/** The stack of `scope` is deployed after those of what is found, where nothing keeps it from that. */
export function wishBefore(scope: IConstruct, find: () => readonly IConstruct[]): void {
  const wishes = new Notes<Wish>(stageOf(scope), 'order-of-stacks');
  const count = wishes.values().length;
  // Validations come after the references between stacks are known, and before the assembly tells the order.
  if (count === 0) stageOf(scope).node.addValidation({ validate: () => grant(wishes.values()) });
  wishes.set(String(count), { scope, find });
}

function grant(wishes: readonly Wish[]): string[] {
  for (const { scope, find } of wishes) {
    const stack = deployedStack(scope);
    const others = find().filter((one) => inOneStage(one, scope) && hasResource(one)).map(deployedStack);
    others.filter((other) => !waitsFor(other, stack)).forEach((other) => { stack.addDependency(other); });
  }
  return [];
}

/** Whether a stack is deployed after another, by what is said of stacks so far. */
export function waitsFor(stack: Stack, other: Stack, seen = new Set<Stack>()): boolean {
  if (stack === other) return true;
  if (seen.has(stack)) return false;
  seen.add(stack);
  return stack.dependencies.some((next) => waitsFor(next, other, seen));
}

/** Whether something in a stack refers to something in another, before AWS CDK has made a dependency of it. */
export function readsFrom(stack: Stack, other: Stack): boolean {
  const found = new FindReferences(other);
  const elements = stack.node.findAll().filter(CfnElement.isCfnElement);
  return elements.some((element) => {
    const content = (element as unknown as { _toCloudFormation(): object })._toCloudFormation();
    Tokenization.resolve(content, { scope: element, resolver: found, preparing: true });
    return found.any;
  });
}

class FindReferences extends DefaultTokenResolver {
  public any = false;

  public constructor(private readonly target: Stack) {
    super(new StringConcat());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token) && deployedStack(token.target) === this.target) this.any = true;
    return super.resolveToken(token, context, postProcessor);
  }
}

function hasResource(construct: IConstruct): boolean {
  return construct.node.findAll().some((one) => CfnElement.isCfnElement(one));
}
