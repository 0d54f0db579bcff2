/** One request. `url` carries its query; redirects are never followed by themselves. */
export type SafeRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body: string | null;
  /** Of the whole call. */
  timeoutMs: number;
  /** A longer answer is refused. */
  maxBytes: number;
};

/** Header names are lower case. */
export type SafeResponse = { status: number; headers: Record<string, string>; body: Buffer };

/** @throws FetchFailure */
export type SafeFetch = (request: SafeRequest) => Promise<SafeResponse>;
