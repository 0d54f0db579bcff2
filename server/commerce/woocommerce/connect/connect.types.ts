export type Locale = 'en' | 'fa';

/** A headline and what to do. Text, not HTML; what stands between backticks is code, which is written from left to right. */
export type Told = { title: string; text: string; steps?: string[] };

/** What can go wrong on the way: the part of an error's code after the dot, or the fault of a typed address. */
export type Trouble =
  | ('empty' | 'too_long' | 'malformed' | 'scheme' | 'credentials' | 'query' | 'private')
  | ('app_url_missing' | 'app_url_unfit' | 'rate_limited' | 'handover' | 'other_path' | 'currency' | 'read_only')
  | ('unreachable' | 'certificate' | 'timed_out' | 'redirected' | 'no_woocommerce' | 'plain_permalinks' | 'not_json')
  | ('unavailable' | 'keys_refused' | 'header_stripped' | 'clock' | 'failed');

export type Words = {
  title: string;
  lead: string;
  label: string;
  hint: string;
  go: string;
  other: string;
  again: string;
  home: string;
  insecure: Told & { go: string };
  connected: Told;
  denied: Told;
  waiting: Told;
  troubles: Record<Trouble, Told>;
};

/** What lets the header through on the two servers that most stores run on. */
export const HEADER = 'SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1';
export const NGINX = 'fastcgi_param HTTP_AUTHORIZATION $http_authorization;';
