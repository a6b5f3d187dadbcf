import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { Outbound } from '../../runtime/resource';
import { Notify } from '../registration';

/** Publishes to an SNS topic. */
export function snsNotify(outbound: Outbound): Notify {
  const client = new SNSClient({});
  return async (topicArn, subject, message) => {
    await outbound('sns:Publish', () => client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: message })));
  };
}
