/** Milliseconds that the service asks to wait: its own header first, then the standard one, in seconds or as a date. */
export function askedWait(headers: Headers, now: number): number | undefined {
  return seconds(headers.get('X-RateLimit-ToWait-Sec')) ?? seconds(headers.get('Retry-After')) ?? until(headers.get('Retry-After'), now);
}

function seconds(value: string | null): number | undefined {
  return value !== null && /^\d{1,9}(\.\d+)?$/.test(value.trim()) ? Number(value) * 1000 : undefined;
}

function until(value: string | null, now: number): number | undefined {
  // Every date of HTTP names its day; a bare number is not one, though `Date.parse` takes it.
  const date = value !== null && /^[A-Za-z]{3}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
