import { CfnParameter, Stack, Token } from 'aws-cdk-lib';
import { QualysPlatform } from '../../../src/service/qualys-platform';

const SHARED: [string, QualysPlatform, string, string, string][] = [
  ['US_1', QualysPlatform.US_1, 'qualysapi.qualys.com', 'gateway.qg1.apps.qualys.com', 'qualysguard.qualys.com'],
  ['US_2', QualysPlatform.US_2, 'qualysapi.qg2.apps.qualys.com', 'gateway.qg2.apps.qualys.com', 'qualysguard.qg2.apps.qualys.com'],
  ['US_3', QualysPlatform.US_3, 'qualysapi.qg3.apps.qualys.com', 'gateway.qg3.apps.qualys.com', 'qualysguard.qg3.apps.qualys.com'],
  ['US_4', QualysPlatform.US_4, 'qualysapi.qg4.apps.qualys.com', 'gateway.qg4.apps.qualys.com', 'qualysguard.qg4.apps.qualys.com'],
  ['GOV_1', QualysPlatform.GOV_1, 'qualysapi.gov1.qualys.us', 'gateway.gov1.qualys.us', 'qualysguard.gov1.qualys.us'],
  ['EU_1', QualysPlatform.EU_1, 'qualysapi.qualys.eu', 'gateway.qg1.apps.qualys.eu', 'qualysguard.qualys.eu'],
  ['EU_2', QualysPlatform.EU_2, 'qualysapi.qg2.apps.qualys.eu', 'gateway.qg2.apps.qualys.eu', 'qualysguard.qg2.apps.qualys.eu'],
  ['EU_3', QualysPlatform.EU_3, 'qualysapi.qg3.apps.qualys.it', 'gateway.qg3.apps.qualys.it', 'qualysguard.qg3.apps.qualys.it'],
  ['IN_1', QualysPlatform.IN_1, 'qualysapi.qg1.apps.qualys.in', 'gateway.qg1.apps.qualys.in', 'qualysguard.qg1.apps.qualys.in'],
  ['CA_1', QualysPlatform.CA_1, 'qualysapi.qg1.apps.qualys.ca', 'gateway.qg1.apps.qualys.ca', 'qualysguard.qg1.apps.qualys.ca'],
  ['AE_1', QualysPlatform.AE_1, 'qualysapi.qg1.apps.qualys.ae', 'gateway.qg1.apps.qualys.ae', 'qualysguard.qg1.apps.qualys.ae'],
  ['UK_1', QualysPlatform.UK_1, 'qualysapi.qg1.apps.qualys.co.uk', 'gateway.qg1.apps.qualys.co.uk', 'qualysguard.qg1.apps.qualys.co.uk'],
  ['AU_1', QualysPlatform.AU_1, 'qualysapi.qg1.apps.qualys.com.au', 'gateway.qg1.apps.qualys.com.au', 'qualysguard.qg1.apps.qualys.com.au'],
  ['KSA_1', QualysPlatform.KSA_1, 'qualysapi.qg1.apps.qualysksa.com', 'gateway.qg1.apps.qualysksa.com', 'qualysguard.qg1.apps.qualysksa.com'],
];

test.each(SHARED)('%s has the hosts of the vendor\'s table', (_name, platform, apiServer, gateway, platformUrl) => {
  expect({ ...platform }).toEqual({ apiServer: `https://${apiServer}`, gateway: `https://${gateway}`, platformUrl: `https://${platformUrl}` });
  expect(platform._host()).toBe(apiServer);
});

test('every shared platform is in the table above', () => {
  const statics = Object.entries(QualysPlatform).filter(([, value]) => value instanceof QualysPlatform).map(([name]) => name);
  expect(statics).toEqual(SHARED.map(([name]) => name));
});

test('a custom platform takes its URLs in normal form', () => {
  const platform = QualysPlatform.custom({ apiServer: 'https://QualysAPI.Example.com:443/', gateway: 'https://gateway.example.com:8443', platformUrl: 'https://guard.example.com' });
  expect({ ...platform }).toEqual({ apiServer: 'https://qualysapi.example.com', gateway: 'https://gateway.example.com:8443', platformUrl: 'https://guard.example.com' });
});

test('gateway and console of a custom platform may be missing', () => {
  const platform = QualysPlatform.custom({ apiServer: 'https://qualysapi.example.com' });
  expect(platform.gateway).toBeUndefined();
  expect(platform.platformUrl).toBeUndefined();
});

test('localhost with a port is allowed, and its colon does not reach the parameter name', () => {
  const platform = QualysPlatform.custom({ apiServer: 'https://localhost:8443' });
  expect(platform.apiServer).toBe('https://localhost:8443');
  expect(platform._host()).toBe('localhost_8443');
});

describe.each(['apiServer', 'gateway', 'platformUrl'] as const)('%s', (prop) => {
  const custom = (url: string) => QualysPlatform.custom({ apiServer: 'https://qualysapi.example.com', [prop]: url });

  test.each([
    ['http://qualysapi.example.com', "must begin with 'https://', got 'http://qualysapi.example.com'"],
    ['ftp://qualysapi.example.com', "must begin with 'https://', got 'ftp://qualysapi.example.com'"],
    ['qualysapi.example.com', 'must be a URL such as'],
    ['', 'must be a URL such as'],
    ['https://', 'must be a URL such as'],
    ['https://qualysapi.example.com/qps/rest', "must be a scheme and a host without path, query and fragment, as in 'https://qualysapi.example.com'"],
    ['https://qualysapi.example.com?a=b', 'without path, query and fragment'],
    ['https://qualysapi.example.com/#a', 'without path, query and fragment'],
    ['https://qualysapi.example.com/?', 'without path, query and fragment'],
    ['https://localhost', "may name 'localhost' only with a port other than 443"],
    ['https://localhost:443', "may name 'localhost' only with a port other than 443"],
    ['https://a.localhost:8443', "by its full DNS name, not by an IP address or a bare name, got 'a.localhost'"],
    ['https://qualysapi', "by its full DNS name, not by an IP address or a bare name, got 'qualysapi'"],
    ['https://instance-data', "got 'instance-data'"],
    ['https://qualysapi.example.com.', "got 'qualysapi.example.com.'"],
    ['https://metadata.google.internal.', "got 'metadata.google.internal.'"],
    ['https://1.2.3.4', "got '1.2.3.4'"],
    ['https://169.254.169.254', "got '169.254.169.254'"],
    ['https://2852039166', "got '169.254.169.254'"],
    ['https://0xa9fea9fe', "got '169.254.169.254'"],
    ['https://0251.0376.0251.0376', "got '169.254.169.254'"],
    ['https://169.254.43518', "got '169.254.169.254'"],
    ['https://①⑥⑨.254.169.254', "got '169.254.169.254'"],
    ['https://[fd00:ec2::254]', "got '[fd00:ec2::254]'"],
    ['https://[::ffff:169.254.169.254]', "got '[::ffff:a9fe:a9fe]'"],
    ['https://127.0.0.1:8443', "got '127.0.0.1'"],
    ['https://metadata.google.internal', "not a metadata service of a cloud, got 'metadata.google.internal'"],
    ['https://METADATA.google.internal', "not a metadata service of a cloud, got 'metadata.google.internal'"],
    ['https://instance-data.ec2.internal', "not a metadata service of a cloud, got 'instance-data.ec2.internal'"],
  ])('refuses %s', (url, message) => {
    expect(() => custom(url)).toThrow(message);
    expect(() => custom(url)).toThrow(new RegExp(`^${prop} `));
  });

  test.each(['https://user:hunter2@qualysapi.example.com', 'https://hunter2@qualysapi.example.com', 'https://u:hunter2@:x'])('does not repeat the credentials in %s', (url) => {
    const message = messageOf(() => custom(url));
    expect(message).toMatch(new RegExp(`^${prop} must`));
    expect(message).not.toContain('hunter2');
  });

  test('a token passes as it is', () => {
    const token = Token.asString({ Ref: 'Url' });
    expect(QualysPlatform.custom({ apiServer: 'https://qualysapi.example.com', [prop]: token })[prop]).toBe(token);
  });
});

test('the host of a token is taken out by the deployment', () => {
  const stack = new Stack();
  const url = new CfnParameter(stack, 'Url');
  const whole = QualysPlatform.custom({ apiServer: url.valueAsString });
  expect(stack.resolve(whole._host())).toEqual({
    'Fn::Join': ['_', { 'Fn::Split': [':', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'Url' }] }] }] }],
  });
});

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
