/** What the merchant should know of a store's webhooks after they were seen to; null: nothing. */
export function toldOfWebhooks({ refused, stopped }: { refused: readonly string[]; stopped: readonly string[] }) {
  const topics = (list: readonly string[]) => [...new Set(list)].sort().join(', ');
  const parts = [
    ...(stopped.length === 0
      ? []
      : [
          `The store had stopped telling Bazgasht of ${topics(stopped)}, as WooCommerce does after some failures in a row. Its webhooks were made anew, and what happened meanwhile is read.`,
        ]),
    ...(refused.length === 0 ? [] : [`The store takes no webhook for ${topics(refused)}: update WooCommerce.`]),
  ];
  return parts.length === 0 ? null : parts.join(' ');
}
