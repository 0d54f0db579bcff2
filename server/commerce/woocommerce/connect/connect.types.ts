import type { connect } from '../../../words/en/connect.ts';

/** What can go wrong on the way: the part of an error's code after the dot, or the fault of a typed address. */
export type Trouble = keyof typeof connect.troubles;

/** What lets the header through on the two servers that most stores run on. */
export const HEADER = 'SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1';
export const NGINX = 'fastcgi_param HTTP_AUTHORIZATION $http_authorization;';
