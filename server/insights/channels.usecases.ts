import type { Scope } from '../shops/scope.ts';
import { insertChannel, listChannels } from './insights.repository.ts';

/** The columns give a channel one byte; the last number stands for all further ones. */
const OTHER_CHANNEL = 255;

/** The numbers under which the columns know where orders came from. */
export type Channels = {
  number(source: string): number;
  /** Gives sources not seen before the next numbers. */
  learn(orders: readonly { source: string }[]): Promise<void>;
};

/** The shop's channels, as they are and as new ones come. */
export async function channelsOf(scope: Scope): Promise<Channels> {
  const rows = await listChannels(scope.tx, scope.shop.id);
  const known = new Map(rows.map(({ channel, name }) => [name, channel]));
  return {
    number: (source) => known.get(source) ?? OTHER_CHANNEL,
    async learn(orders) {
      for (const { source } of orders) {
        if (known.has(source) || known.size >= OTHER_CHANNEL) continue;
        const channel = known.size;
        await insertChannel(scope, channel, source);
        known.set(source, channel);
      }
    },
  };
}
