import { App, Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AccountType, BaseAccountAlarms, BaseAccountRegistration, QualysPlatform } from 'cdk-qualys-connectors';

/* The operations team watches the base account that the security team's app registers, every 30 days with another key. */
const app = new App();
const stack = new Stack(app, 'Monitoring', { env: { account: '111111111111', region: 'us-east-1' } });

const registration = BaseAccountRegistration.fromBaseAccountRegistrationAttributes(stack, 'Registration', {
  platform: QualysPlatform.US_2, accountType: AccountType.GLOBAL,
});
new BaseAccountAlarms(stack, 'Alarms', {
  registration,
  maxKeyAge: Duration.days(37),
  actions: [new SnsAction(Topic.fromTopicArn(stack, 'Operators', 'arn:aws:sns:us-east-1:111111111111:operators'))],
});

// One more, of their own.
new Alarm(stack, 'Waiting', {
  metric: registration.metricAwaitingConsole({ statistic: 'Average' }), threshold: 1, evaluationPeriods: 2, comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
});

app.synth();
