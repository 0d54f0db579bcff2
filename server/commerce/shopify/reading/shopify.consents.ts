import { z } from 'zod';
import type {
  Change,
  Channel,
  ConsentState,
  Contact,
  CustomerState,
  Delivery,
  ShopContext,
} from '../../commerce.types.ts';
import { toPhone } from '../../fields.ts';
import { email, idNumber, instant, refuseField, shaped, text } from './shopify.fields.ts';

/** E-mail consent as a customer or its own topic carries it. */
export const emailConsentShape = z
  .object({ state: text(40), opt_in_level: text(40), consent_updated_at: instant })
  .nullish()
  .catch(null);

/** SMS consent, with who collected it. */
export const smsConsentShape = z
  .object({ state: text(40), opt_in_level: text(40), consent_updated_at: instant, consent_collected_from: text(64) })
  .nullish()
  .catch(null);

const updateShape = z.object({
  id: idNumber,
  customer_id: idNumber,
  email_address: email,
  email,
  phone: text(40),
  email_marketing_consent: emailConsentShape,
  sms_marketing_consent: smsConsentShape,
});

const STATES: ReadonlyMap<string, ConsentState> = new Map([
  ['subscribed', 'subscribed'],
  ['unsubscribed', 'unsubscribed'],
  ['redacted', 'unsubscribed'],
]);

type Given = {
  state: string | null;
  opt_in_level: string | null;
  consent_updated_at: number | null;
  consent_collected_from?: string | null;
};

/** `pending` waits for a double opt-in, `not_subscribed` was never asked, `invalid` cannot be reached: all unknown. */
const stateOf = (state: string | null): ConsentState => STATES.get(state?.toLowerCase() ?? '') ?? 'unknown';

const consentOf = (channel: Channel, contact: Contact, given: Given, at: number): Change => ({
  kind: 'consent',
  contact,
  consent: {
    channel,
    state: stateOf(given.state),
    at,
    source: given.consent_collected_from ? `shopify:${given.consent_collected_from.toLowerCase()}` : 'shopify',
    evidence: given.opt_in_level,
  },
});

type OldConsents = {
  accepts_marketing?: unknown;
  accepts_marketing_updated_at: number | null;
  email_marketing_consent?: Given | null | undefined;
  sms_marketing_consent?: Given | null | undefined;
};

/** `accepts_marketing`, from before there were consent objects: a refusal that was never changed says nothing. */
function acceptsMarketing(payload: OldConsents, registeredAt: number | null): Given | null {
  const at = payload.accepts_marketing_updated_at;
  const given = { opt_in_level: null, consent_updated_at: at };
  if (payload.accepts_marketing === true) return { ...given, state: 'subscribed' };
  const changed = payload.accepts_marketing === false && at !== null && registeredAt !== null && at > registeredAt;
  return changed ? { ...given, state: 'unsubscribed' } : null;
}

/**
 * The consents that a customer payload from before 2025-01 carries. One without a time of its own counts from the
 * registration; unknown without a time says nothing and is left out.
 */
export function customerConsents(payload: OldConsents, customer: CustomerState): Change[] {
  const { platformId, email: address, phone, registeredAt } = customer;
  const contact = { platformId, email: address, phone };
  const byEmail = payload.email_marketing_consent ?? acceptsMarketing(payload, registeredAt);
  const changes: Change[] = [];
  for (const [channel, given] of [
    ['email', byEmail],
    ['sms', payload.sms_marketing_consent ?? null],
  ] as const) {
    if (given === null) continue;
    const at = given.consent_updated_at ?? registeredAt;
    if (at === null || (given.consent_updated_at === null && stateOf(given.state) === 'unknown')) continue;
    changes.push(consentOf(channel, contact, given, at));
  }
  return changes;
}

/**
 * `customers_email_marketing_consent/update` (channel `email`, customer in `customer_id`) and
 * `customers_marketing_consent/update` (channel `sms`, customer in `id`). Without a time of its own the change is dated
 * by the delivery. @throws DeliveryRefused without a consent or without anybody it could be about
 */
export const readConsent =
  (channel: 'email' | 'sms') =>
  (body: unknown, delivery: Delivery, shop: ShopContext): Change[] => {
    const what = 'consent change';
    const payload = shaped(updateShape, body, what);
    const field = channel === 'email' ? 'email_marketing_consent' : 'sms_marketing_consent';
    const given = payload[field];
    if (!given) throw refuseField(what, field, 'a group of fields');
    const contact = {
      platformId: payload.customer_id ?? payload.id,
      email: payload.email_address ?? payload.email,
      phone: toPhone(payload.phone, shop.country),
    };
    if (contact.platformId === null && contact.email === null && contact.phone === null)
      throw refuseField(what, 'customer_id', 'an id');
    return [consentOf(channel, contact, given, given.consent_updated_at ?? delivery.triggeredAt)];
  };
