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

const guardrails = `Attach them in this order: bootstrap and deploy first, then the service control policy on the base account, and the resource control policy last, when
every role trusts the base account alone; until then, and for every other vendor whose account assumes roles of yours, give \`exemptAccountIds\`.
Take them off the other way round: the resource control policy before a role trusts the Qualys account again. The service control policy stands in
the way of no deployment and no deletion of the stacks. Whoever enters the key at the console has to be in \`secretReaderArns\`. Neither kind of
policy binds the management account, and who may deploy with the roles of \`cdk bootstrap\`, or change those, is not stopped by them.

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

Templates do not show at a glance who may become whom. \`TrustReview\` reads them whenever the app is synthesized, writes that on one page, and fails the
synthesis on a role without an external ID, one that everybody may assume, and a key that a template makes:

\`\`\`ts
Validations.of(app).addPlugins(new TrustReview({ directory: 'trust-map', baseline: app.node.tryGetContext('trustMapBefore') }));
\`\`\`

${picture}

It reads hand-written and included roles too, those of nested stacks and stack sets, and says what a change does: *widened*, *narrowed*, *moved*, *weaker*.
Commit \`trust-map/\`; in CI, three lines:

\`\`\`sh
git show origin/main:trust-map/trust-map.json > before.json
npx cdk synth --quiet -c trustMapBefore=before.json
git diff --exit-code trust-map/trust-map.json
\`\`\`

\`trust-map.md\` is for the pull request, \`trust-map.html\` for the audit. In a test, \`TrustMap.fromStage(app).callersOf('QualysConnector')\` is a list to
compare, in every language. [examples/review](examples/review) has all of it.`;

/** The README with both parts as they are now. */
export function withReview(readme: string): string {
  return filled(filled(readme, 'guardrails', guardrails), 'review', review);
}

function filled(readme: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name}, written by \`npm run maps\` -->`, `<!-- end of ${name} -->`];
  const place = readme.includes(begin) ? new RegExp(`${begin}[^]*${end}`) : `<!-- ${name} -->`;
  return readme.replace(place, () => `${begin}\n\n${text}\n\n${end}`);
}
