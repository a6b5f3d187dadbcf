import * as fc from 'fast-check';
import { fuzz, TIMEOUT } from './runs';
import { expectOneAnswer, Scene, TRUST } from './scene';
import { anyJson, changed, MISSING, oddText, pathsOf } from './values';
import { ROLE_NAME } from '../../support/stage/apps/role-trust';

const TYPE = 'Custom::QualysRoleTrust';
let scene: Scene;
beforeAll(async () => { scene = await Scene.make({ deployed: false }); });

const sound = JSON.parse(TRUST) as object;
const paths = pathsOf(sound);
const words = fc.constantFrom<unknown>('Allow', 'Deny', '*', 'sts:AssumeRole', 'sts:*', 'arn:aws:iam::805950163170:root', '805950163170', ['805950163170', '*'], { AWS: '*' }, { StringLike: { 'sts:ExternalId': '*' } }, 'true');

/** A document whose values are others, here and there. */
const other = fc.oneof({ weight: 3, arbitrary: words }, { weight: 1, arbitrary: fc.constant(MISSING) }, { weight: 2, arbitrary: anyJson });
const altered = fc.array(fc.tuple(fc.constantFrom(...paths), other), { minLength: 1, maxLength: 3 })
  .map((changes) => JSON.stringify(changes.reduce<unknown>((document, [path, value]) => changedIfThere(document, path, value), sound)) ?? '');

function changedIfThere(document: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const there = pathsOf(document).some((one) => one.join('\0') === path.join('\0'));
  return there ? changed(document, path, value) : document;
}

/** A text that was cut, or has something in it. */
const torn = fc.tuple(fc.nat(TRUST.length), fc.nat(60), fc.oneof(oddText, fc.constantFrom('"', '}', ']', ',', '{', '\\', '"Sid":"a","Sid":"b",')))
  .map(([from, length, text]) => TRUST.slice(0, from) + text + TRUST.slice(from + length));

/** An object with the keys of trust policies, anywhere and with anything in them. */
const { object: shaped } = fc.letrec<{ value: unknown; object: object }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, words, fc.constantFrom<unknown>(null, 1, [], {}), oddText, tie('object'), fc.array(tie('value'), { maxLength: 3 })),
  object: fc.dictionary(fc.constantFrom(
    'Version', 'Statement', 'Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Condition', 'AWS', 'StringEquals', 'sts:ExternalId', '__proto__', 'constructor',
  ), tie('value'), { maxKeys: 5 }),
}));

test('whatever a trust policy is: a refusal leaves it alone, and after a Delete it is what it was, byte for byte (fault 30)', async () => {
  const seen = { SUCCESS: 0, FAILED: 0 };
  const documents = fc.oneof(
    { weight: 4, arbitrary: altered },
    { weight: 4, arbitrary: torn },
    { weight: 1, arbitrary: fc.oneof(anyJson, shaped, shaped.map((Statement) => ({ Version: '2012-10-17', Statement: [Statement] }))).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: oddText },
  ).filter((text) => Buffer.from(text).toString() === text); // IAM has no half characters
  await fuzz('trust documents', 1, documents, async (document) => {
    const { aws } = scene.world;
    const role = aws.account.roles.get(ROLE_NAME);
    aws.account.roles.change(ROLE_NAME, document);
    const written = role.written.length;
    const create = expectOneAnswer(await scene.send(scene.event('Create', TYPE)));
    seen[create.Status]++;
    if (create.Status === 'FAILED') {
      expect(create.Reason).toMatch(/^the role QualysCSPMReadOnlyRole was not changed: /);
      expect([role.trust, role.written.length]).toEqual([document, written]);
    }
    const remove = expectOneAnswer(await scene.send({ ...scene.event('Delete', TYPE), PhysicalResourceId: create.PhysicalResourceId }));
    expect([remove.Status, role.trust, aws.parameters.size]).toEqual(['SUCCESS', document, 0]);
    scene = await scene.next();
  });
  expect(Math.min(seen.SUCCESS, seen.FAILED)).toBeGreaterThan(15);
}, TIMEOUT);
