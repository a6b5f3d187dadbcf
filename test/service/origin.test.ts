import { DeployError } from '../../lambda/runtime/errors';
import { serviceOrigin } from '../../lambda/service/http/origin';

test.each([
  ['https://qualysapi.qg2.apps.qualys.com', 'https://qualysapi.qg2.apps.qualys.com'],
  ['https://qualysapi.private.example/', 'https://qualysapi.private.example'],
  ['https://QualysAPI.qualys.eu:8443', 'https://qualysapi.qualys.eu:8443'],
  ['https://localhost:8443', 'https://localhost:8443'],
])('%s is a service', (value, origin) => {
  expect(serviceOrigin('ApiServer', value)).toBe(origin);
});

describe('what was a token at synth is checked here (fault 52)', () => {
  test.each([
    'http://qualysapi.qualys.com', 'https://user:hunter2@qualysapi.qualys.com', 'https://qualysapi.qualys.com/api', 'https://qualysapi.qualys.com?x=1',
    'https://qualysapi.qualys.com#x', 'https://169.254.169.254', 'https://10.0.0.1', 'https://2852039166', 'https://0xa9.254.43518', 'https://[::1]', 'https://[fd00:ec2::254]',
    'https://metadata.google.internal', 'https://instance-data.ec2.internal', 'https://localhost', 'https://x.localhost', 'https://intranet', 'https://host.example.',
    'https://${Token[TOKEN.1]}', 'file:///etc/passwd', 'qualysapi.qualys.com', '',
  ])('%s is refused', (value) => {
    expect(() => serviceOrigin('ApiServer', value)).toThrow(DeployError);
    expect(() => serviceOrigin('ApiServer', value)).toThrow(/^ApiServer must/);
    expect(() => serviceOrigin('ApiServer', value)).not.toThrow(/hunter2/);
  });
});
