/**
 * Whether applying a parked delivery again makes sense: `yes`, what failed may have passed; `later`, once the cause is
 * mended; `no`, it would fail for ever.
 */
export type Replay = 'yes' | 'later' | 'no';
/** What a merchant can do: `hint` is a sentence for them, in the place of which a page may put its own by the code. */
export type Advice = { replay: Replay; hint: string };

const READ_AGAIN =
  'Have the platform read again instead ("Look for what was missed"): that brings the present state of the order or customer.';

/** By the code with which a delivery was parked. */
const BY_CODE: Record<string, Advice> = {
  internal: {
    replay: 'yes',
    hint: 'Replay it: what failed here may have passed. If it comes back, ask your operator to look at the log.',
  },
  'delivery.platform': { replay: 'later', hint: 'Connect the shop to its platform first, then replay it.' },
  'delivery.forgotten': { replay: 'no', hint: `What this delivery said is not kept any more. ${READ_AGAIN}` },
  'delivery.no_rights': { replay: 'no', hint: `Mend this at the store first. Then: ${READ_AGAIN}` },
  'delivery.store_error': { replay: 'no', hint: `It holds an error and never anything else. ${READ_AGAIN}` },
};

/** The sender said something that this version cannot use. */
const UNUSABLE: Advice = {
  replay: 'later',
  hint: `This version cannot use what was said: replay it after an update of Bazgasht. Until then: ${READ_AGAIN}`,
};

/** What can be done about a parked delivery; null for one that waits: nobody has to do anything. */
export function adviceFor(delivery: { state: string; errorCode: string | null; hasBody: boolean }): Advice | null {
  if (delivery.state !== 'parked') return null;
  const code = delivery.hasBody ? (delivery.errorCode ?? 'internal') : 'delivery.forgotten';
  const known = Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
  return known ?? UNUSABLE;
}
