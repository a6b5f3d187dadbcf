import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { TryRoles } from './ports';
import { isUnknownKey } from '../keys/caller-identity';
import { isAccessDenied } from '../runtime/calls/aws-errors';
import { within } from '../runtime/calls/within';
import { DeadlineExceeded, NoAnswer } from '../runtime/errors';
import { Outbound } from '../runtime/resource';

const STEP = 'sts:AssumeRole';

/** Milliseconds for one role, including the retries of the AWS client. One role of thousands must not use up the time of the others. */
const LONGEST = 10_000;

/** The session name that CloudTrail of the accounts shows. */
const SESSION = 'cdk-qualys-connectors-verify';

/** The shortest session that AWS allows. */
const SECONDS = 900;

/** Asks STS for a session of each role, in the region of the function. */
export function stsTrial(outbound: Outbound): TryRoles {
  return ({ accessKeyId, secretAccessKey }) => {
    const client = new STSClient({ credentials: { accessKeyId, secretAccessKey } });
    return {
      call: async ({ roleArn, externalId }) => {
        const command = new AssumeRoleCommand({ RoleArn: roleArn, ExternalId: externalId, RoleSessionName: SESSION, DurationSeconds: SECONDS });
        try {
          // The answer has credentials. Nothing of it leaves this line.
          await outbound(STEP, async () => within(LONGEST, client.send(command).then(() => undefined), () => new NoAnswer(STEP, LONGEST)));
          return 'IN';
        } catch (error) {
          if (error instanceof DeadlineExceeded) throw error;
          return isAccessDenied(error) || isUnknownKey(error) ? 'REFUSED' : 'UNDECIDED';
        }
      },
      end: () => client.destroy(),
    };
  };
}
