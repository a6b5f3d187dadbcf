import type { StoredKey } from '../../../src/wire/access-key';
import { LABELS } from '../../../src/wire/account-types';
import { Stage } from '../../keys/ports';
import { EntryProperties } from '../registration';

/** The vendor's page on it: "Create a Base Account", docs.qualys.com, Connectors. */
const TAB = 'Connectors Application > Amazon Web Services Connectors > Base Account';

/** What a person has to do at the console. It names the secret and never has its value. */
export function consoleSteps(properties: EntryProperties, key: StoredKey, entryIsThere: boolean, stage: Stage = 'AWSCURRENT'): string {
  const { Title, AwsAccountId, AccountType, AccessKeySecretArn, UseInAssetView } = properties;
  const fields = `title "${Title}", AWS account ID ${AwsAccountId}`
    + (entryIsThere ? '' : `, account type ${LABELS[AccountType]}`)
    + (UseInAssetView === 'true' ? ', Use in AssetView' : '');
  return [
    `1. At the Qualys console open ${TAB}, ${entryIsThere ? `select the ${LABELS[AccountType]} entry, Edit` : 'Create'}: ${fields}.`,
    `2. Take accessKeyId (${key.accessKeyId}) and secretAccessKey from the secret ${AccessKeySecretArn}${stage === 'AWSCURRENT' ? '' : `, version stage ${stage},`} and paste them as access key and secret key.`,
    '3. Save. The old key, if there is one, stays valid.',
  ].join(' ');
}

/** The steps when only the title changed and no API can change it. */
export function titleStep({ Title, AccountType }: EntryProperties): string {
  return `The service has the key. At the Qualys console open ${TAB}, select the ${LABELS[AccountType]} entry, Edit, and set the title to "${Title}".`;
}

export const NOTHING_TO_DO = 'Nothing: the service has the key.';
