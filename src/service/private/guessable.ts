/** Anybody who may create connectors at the same service can find a shorter one by trying. */
const HARD_TO_GUESS = 16;

/** Values in the docs and examples of the library and of the vendor. People copy them along with the code. */
const PUBLISHED = ['83172650944188230571', '8317265094418823', '27927190418364520177', '2792719041836452', 'qualys-sso-2025', '1542742914098'];

/** Why others can guess a value, as the end of a sentence; undefined where the library sees no reason. */
export function guessableBecause(value: string): string | undefined {
  if (value.length < HARD_TO_GUESS) return `has fewer than ${HARD_TO_GUESS} characters of its own`;
  if (PUBLISHED.some((published) => value.startsWith(published))) return 'stands in public documentation';
  if (isRepetition(value)) return 'is a repetition';
  return isSequence(value) ? 'is a sequence' : undefined;
}

/** `123123123...`, `aaaa...` */
function isRepetition(value: string): boolean {
  return Array.from({ length: Math.floor(value.length / 2) }, (_, index) => value.slice(0, index + 1))
    .some((part) => part.length <= 6 && part.repeat(Math.ceil(value.length / part.length)).startsWith(value));
}

/** `0123456789012345`, `zyxwv...`: each character is the one after, or before, the last. */
function isSequence(value: string): boolean {
  const steps = new Set([...value].slice(1).map((character, index) => {
    const step = character.charCodeAt(0) - value.charCodeAt(index);
    return step === -9 ? 1 : step === 9 ? -1 : step; // 9 is followed by 0
  }));
  return steps.size === 1 && [1, -1].includes([...steps][0]!);
}
