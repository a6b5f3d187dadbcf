import * as fc from 'fast-check';
import { Redactor } from '../../lambda/runtime/redaction/redact';
import { anyCharacter } from '../support/any-character';

/** Without the mask's own character, which a secret made of it could be put together from again. */
const secrets = fc.string({ minLength: 4, maxLength: 60, unit: anyCharacter }).filter((secret) => !secret.includes('*'));
const someText = fc.string({ maxLength: 40, unit: 'grapheme' });

function redacting(...protectedValues: string[]): Redactor {
  const redactor = new Redactor();
  protectedValues.forEach((value) => redactor.protect(value));
  return redactor;
}

describe('protected values (faults 22 and 62)', () => {
  const encoders: Record<string, (secret: string) => string> = {
    'as it is': (secret) => secret,
    'in JSON': (secret) => JSON.stringify({ secret }),
    'in JSON with escaped slashes': (secret) => JSON.stringify(secret).replaceAll('/', '\\/'),
    'in a URL': (secret) => `/path?secret=${encodeURIComponent(secret)}`,
    'in a form': (secret) => new URLSearchParams({ username: 'somebody', secret }).toString(),
    'in base64': (secret) => Buffer.from(secret, 'utf8').toString('base64'),
    'in base64url': (secret) => Buffer.from(secret, 'utf8').toString('base64url'),
  };

  test.each(Object.entries(encoders))('%s, anywhere in a text', (_, encode) => {
    fc.assert(fc.property(secrets, someText, someText, (secret, before, after) => {
      const wellFormed = Buffer.from(secret, 'utf8').toString('utf8');
      const encoded = encode(wellFormed);
      const redacted = redacting(secret).redact(`${before} ${encoded} ${after}`);
      expect(redacted).not.toContain(encoded);
      expect(redacted).not.toContain(wellFormed);
      expect(redacted).toContain('***');
    }));
  });

  test('behind a user name of any length in base64, as in a Basic header', () => {
    fc.assert(fc.property(secrets, fc.string({ maxLength: 20 }), fc.string({ maxLength: 5 }), (secret, user, rest) => {
      const encoded = Buffer.from(`${user}:${secret}${rest}`, 'utf8').toString('base64');
      expect(redacting(secret).redact(`sent ${encoded} there`)).toBe('sent *** there');
    }));
  });

  test('a secret with slash, plus and equals sign, in lower-case escapes too', () => {
    const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY=EXAMPLEKEY';
    const redactor = redacting(secret);
    expect(redactor.redact(`key=${encodeURIComponent(secret)}`)).toBe('key=***');
    expect(redactor.redact(`key=${encodeURIComponent(secret).toLowerCase()}`)).not.toContain('***'); // another text: letters changed
    expect(redactor.redact(`key=${encodeURIComponent(secret).replace(/%../g, (escape) => escape.toLowerCase())}`)).toBe('key=***');
    expect(redacting('pass "word" & <more>').redact('<p>pass &quot;word&quot; &amp; &lt;more&gt;</p>')).toBe('<p>***</p>');
  });

  test('a secret within another, and secrets that overlap, leave nothing behind', () => {
    expect(redacting('abcd', 'abcd-and-more').redact('x abcd-and-more y')).toBe('x *** y');
    expect(redacting('abcdef', 'defghi').redact('x abcdefghi y')).toBe('x *** y');
    expect(redacting('aaaa').redact('aaaaaaaaa')).toBe('***');
  });

  test('values too short to be secrets do not blank out words', () => {
    expect(redacting('', 'a', 'the').redact('what the account says')).toBe('what the account says');
  });

  test('half of a surrogate pair in a secret', () => {
    expect(redacting('abc\ud83d-secret').redact('it is abc\ud83d-secret.')).toBe('it is ***.');
  });
});

describe('what looks like a secret though nobody named it', () => {
  test.each([
    ['Authorization: Basic dXNlcjpodW50ZXIy', 'Authorization: ***'],
    ['{"authorization":"Bearer abc.DEF"}', '{"authorization":***'],
    ['AUTHORIZATION: AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=abc', 'AUTHORIZATION: ***'],
    ['sent Basic dXNlcjpodW50ZXIy to it', 'sent Basic *** to it'],
    ['got Bearer a1b2c3d4e5 back', 'got Bearer *** back'],
    ['token eyJhbGciOi.eyJzdWIi.c2ln was refused', 'token *** was refused'],
    ['PUT https://bucket.s3.amazonaws.com/arn?AWSAccessKeyId=AKIA&Expires=1&Signature=abc failed', 'PUT https://bucket.s3.amazonaws.com/arn?*** failed'],
    ['see X-Amz-Signature=0123abc&X-Amz-Date=1', 'see X-Amz-Signature=***&X-Amz-Date=***'],
    ['https://user:word@host.example/path', 'https://***@host.example/path'],
    ['{"password":"hunter22"}', '{"password":"***"}'],
    ['{\\"secretAccessKey\\":\\"abc/def\\"}', '{\\"secretAccessKey\\":\\"***\\"}'],
    ['username=me&password=hunter22&token=true', 'username=me&password=***&token=true'],
  ])('%s', (text, redacted) => {
    expect(new Redactor().redact(text)).toBe(redacted);
  });

  test.each([
    'basic authentication is not enough', 'the bearer cannot be found', 'user arn:aws:iam::111122223333:user/qualys is not authorized to perform iam:CreateAccessKey',
    'property \'Service.ApiServer\' is missing', 'key AKIAIOSFODNN7EXAMPLE is not used', 'see https://docs.aws.amazon.com/IAM/latest/UserGuide/',
  ])('leaves prose alone: %s', (text) => {
    expect(new Redactor().redact(text)).toBe(text);
  });
});
