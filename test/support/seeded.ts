const MODULUS = 2_147_483_647;

/** Random numbers from 0 up to 1 that a seed repeats (Park and Miller's). */
export function seededRandom(seed: number): () => number {
  let state = Math.abs(Math.trunc(seed)) % (MODULUS - 1) + 1;
  const next = () => {
    state = state * 48_271 % MODULUS;
    return (state - 1) / (MODULUS - 1);
  };
  next(); // small seeds begin alike
  return next;
}

export function seededBytes(random: () => number, size: number): Buffer {
  return Buffer.from(Array.from({ length: size }, () => Math.floor(random() * 256)));
}

export function seededUuid(random: () => number): string {
  const hex = seededBytes(random, 16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
