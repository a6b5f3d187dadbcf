/**
 * Milliseconds that the service asks to wait: from its own header, or else from the standard one, in seconds or as a date. Zero does not
 * count: when too many calls run at once, the header for the rate says 0.
 */
export function askedWait(headers: Headers, now: number): number | undefined {
  return seconds(headers.get('X-RateLimit-ToWait-Sec')) ?? seconds(headers.get('Retry-After')) ?? until(headers.get('Retry-After'), now);
}

function seconds(value: string | null): number | undefined {
  return positive(value !== null && /^\d{1,9}(\.\d+)?$/.test(value) ? Number(value) * 1000 : 0);
}

function until(value: string | null, now: number): number | undefined {
  // Every HTTP date names its weekday. `Date.parse` would also take a bare number.
  return positive(value !== null && /^[A-Za-z]{3}/.test(value) ? Date.parse(value) - now : 0);
}

function positive(milliseconds: number): number | undefined {
  return milliseconds > 0 ? milliseconds : undefined;
}
