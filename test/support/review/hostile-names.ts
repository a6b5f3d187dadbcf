import { GivenStack, statement } from './assemblies';

/** Names as somebody may give them who means harm to a page. */
export const HOSTILE = [
  '<script>alert(1)</script>', 'a|b', '`code`', 'line\nbreak', '"]; click g0 href "https://example.com"', '%%{init: {"theme":"dark"}}%%', '😀 emoji', '\u202egnp.exe', 'x'.repeat(1224),
  '<img src=x onerror=alert(1)>', '[link](https://example.com)', '**bold** _it_ ~~no~~ # $x$', 'zero\u200bwidth & end; @someone',
];

/** A role of each name, which somebody of that name may assume with that external ID. */
export const HOSTILE_STACK: GivenStack = {
  template: {
    Resources: Object.fromEntries(HOSTILE.map((name, index) => [`Role${index}`, {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: name,
        AssumeRolePolicyDocument: { Statement: [statement({ Principal: { AWS: `arn:aws:iam::999988887777:user/${name}` }, Condition: { StringEquals: { 'sts:ExternalId': name, 'aws:Key': name } } })] },
        ManagedPolicyArns: [`arn:aws:iam::aws:policy/${name}`],
      },
    }])),
  },
};
