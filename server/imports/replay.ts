import type { Clock } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import { openOrders } from './imports.formats.ts';
import type { ReadProgress } from './imports.types.ts';
import { messagesOf } from './replay.messages.ts';
import { sendAll } from './replay.send.ts';

export type ReplayOptions = {
  file: string;
  /** The platform of the shop; Shopify when left out. */
  platform?: 'shopify' | 'woocommerce';
  domain: string;
  /** What the file's amounts are in where it does not say; and the zone of its dates without an offset, UTC if not given. */
  shopCurrency: string;
  timeZone?: string;
  country?: string | null;
  /** Where the app answers, without the path. */
  url: string;
  /** With which the shop signs its deliveries. */
  secret: string;
  /** Requests a second; as fast as they are answered when left out. */
  rate?: number;
  /** Share of deliveries, 0 to 1, that are sent a second time. */
  duplicate?: number;
  /** Deliveries are put out of order within windows of that many orders. */
  shuffle?: number;
  /** The same seed makes the same run; the clock's time when left out, so that each run is new to the app. */
  seed?: number;
  clock: Clock;
  onProgress?: (progress: ReadProgress) => void;
};

export type ReplayReport = {
  /** All requests, the deliberate duplicates among them. */
  sent: number;
  /** Answered 200. */
  accepted: number;
  /** Sent a second time on purpose. */
  duplicates: number;
  /** Answered with anything else, or not at all. */
  refused: number;
  /** Orders and rows of the file that could not be read, and so were not sent. */
  unreadable: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
};

/** All orders of a window are in memory. */
const MAX_WINDOW = 100_000;

function checked(options: ReplayOptions): URL {
  const invalid = (message: string) => new AppError('replay.invalid', message, { status: 400 });
  if (options.platform === 'woocommerce')
    throw new AppError('replay.platform', 'Only Shopify shops can be replayed to.', { status: 400 });
  const { rate, duplicate = 0, shuffle = 0 } = options;
  if (rate !== undefined && !(rate > 0)) throw invalid('The rate must be more than 0 requests a second.');
  if (!(duplicate >= 0 && duplicate <= 1)) throw invalid('The share of duplicates must lie between 0 and 1.');
  if (!Number.isInteger(shuffle) || shuffle < 0 || shuffle > MAX_WINDOW)
    throw invalid(`The window to shuffle must be a whole number up to ${MAX_WINDOW}.`);
  const url = URL.parse(`${options.url.replace(/\/+$/, '')}/webhooks/shopify`);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw invalid('The address of the app must be an http or https URL.');
  return url;
}

/**
 * Sends the orders of a file to a running app as Shopify would: signed webhooks, some of them twice and out of order if
 * asked to. Nothing is tried again. Throws `replay.platform` for a WooCommerce shop, `replay.invalid` for other options
 * that make no sense, and what opening the file throws.
 */
export async function replayOrders(options: ReplayOptions): Promise<ReplayReport> {
  const url = checked(options);
  const shop = {
    currency: options.shopCurrency,
    timeZone: options.timeZone ?? 'UTC',
    country: options.country ?? null,
  };
  const { orders, progress } = await openOrders(options.file, shop);
  const counts = { duplicates: 0, unreadable: 0 };
  const began = performance.now();
  const messages = messagesOf(orders, options, counts, () => options.onProgress?.(progress()));
  const totals = await sendAll(messages, { url, rate: options.rate });
  const seconds = Math.max(0.001, (performance.now() - began) / 1000);
  const { sent, accepted, refused, p50Ms, p99Ms } = totals;
  return { sent, accepted, ...counts, refused, perSecond: Math.round((sent / seconds) * 10) / 10, p50Ms, p99Ms };
}
