/**
 * Milliseconds that the service asks to wait: its own header first, then the standard one, in seconds or as a date. No time
 * at all is no answer: where too many calls run at once, the rate's header says 0.
 */
export function askedWait(headers: Headers, now: number): number | undefined {
  return seconds(headers.get('X-RateLimit-ToWait-Sec')) ?? seconds(headers.get('Retry-After')) ?? until(headers.get('Retry-After'), now);
}

function seconds(value: string | null): number | undefined {
  return positive(value !== null && /^\d{1,9}(\.\d+)?$/.test(value) ? Number(value) * 1000 : 0);
}

function until(value: string | null, now: number): number | undefined {
  // Every date of HTTP names its day; a bare number is not one, though `Date.parse` takes it.
  return positive(value !== null && /^[A-Za-z]{3}/.test(value) ? Date.parse(value) - now : 0);
}

function positive(milliseconds: number): number | undefined {
  return milliseconds > 0 ? milliseconds : undefined;
}
