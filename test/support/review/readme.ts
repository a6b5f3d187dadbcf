import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { REVIEWED } from './example-maps';
import { OrganizationGuardrails } from '../../../src/review/organization-guardrails';

/* What the README of the project says of guardrails and of the review, made of what the library gives, so that neither drifts. */
export const README = join(__dirname, '..', '..', '..', 'README.md');

const policy = (statements: PolicyStatement[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements.map((one) => one.toStatementJson()) }, null, 2);

const scp = policy(OrganizationGuardrails.protectBaseAccount({
  accountId: '111111111111',
  userName: 'qualys-base-account',
  secretName: 'qualys/base-account-key',
  functionNames: ['CentralSecurity-*'],
  operatorArns: ['arn:aws:iam::111111111111:role/Operators'],
}));
const rcp = policy(OrganizationGuardrails.assumeRoleOnlyFromOrganization('o-a1b2c3d4e5'));

const guardrails = `Attach them in this order:

1. Bootstrap the accounts and deploy the stacks.
2. Attach the service control policy to the base account. It denies no deployment and no deletion of the stacks. Name everybody who enters the key at
   the Qualys console in \`secretReaderArns\`.
3. Attach the resource control policy when every role trusts the base account alone. To attach it earlier, name the Qualys account in
   \`exemptAccountIds\`. Also name every other vendor there whose account assumes roles of yours.

Detach them in reverse order: detach the resource control policy before a role trusts the Qualys account again.

Both kinds of policy have limits. They do not apply to the management account. They do not stop people who may deploy with the roles of
\`cdk bootstrap\`, or change these roles.

<details>
<summary>The statements</summary>

The service control policy:

\`\`\`json
${scp}
\`\`\`

The resource control policy:

\`\`\`json
${rcp}
\`\`\`

</details>`;

const picture = /```mermaid\n[^]*?\n```/.exec(readFileSync(join(REVIEWED, 'trust-map.md'), 'utf8'))![0];

const review = `### Who may become whom

A template does not show at a glance who may assume which role, and with which key. \`TrustReview\` reads the templates in every synthesis, and writes the
answer on one page, the trust map. It fails the synthesis for

- a role that others may assume without an external ID;
- a role that everybody may assume;
- an access key that a template makes for a user who may assume roles.

\`\`\`ts
Validations.of(app).addPlugins(new TrustReview({ directory: 'trust-map', baseline: app.node.tryGetContext('trustMapBefore') }));
\`\`\`

${picture}

The map also has roles that the library did not make, and the roles of nested stacks and stack sets. It says what a change does to each role: *widened*,
*narrowed*, *moved* or *weaker*. Commit \`trust-map/\`, and compare it in CI:

\`\`\`sh
git show origin/main:trust-map/trust-map.json > before.json
npx cdk synth --quiet -c trustMapBefore=before.json
git diff --exit-code trust-map/trust-map.json
\`\`\`

\`trust-map.md\` is for the pull request, and \`trust-map.html\` for the audit. In a test in any language, compare the list that
\`TrustMap.fromStage(app).callersOf('QualysConnector')\` returns. [examples/review](examples/review) shows all of it.`;

/** The README with both parts as they are now. */
export function withReview(readme: string): string {
  return filled(filled(readme, 'guardrails', guardrails), 'review', review);
}

function filled(readme: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name}, written by \`npm run maps\` -->`, `<!-- end of ${name} -->`];
  const place = readme.includes(begin) ? new RegExp(`${begin}[^]*${end}`) : `<!-- ${name} -->`;
  return readme.replace(place, () => `${begin}\n\n${text}\n\n${end}`);
}
