import { escaped } from '../shared/html.ts';
import { sandbox } from '../words/en/sandbox.ts';
import type { Locale } from '../words/locales.ts';
import { textsOf } from '../words/said/texts.ts';
import { PRODUCTS } from './store/sandbox.catalogue.ts';
import type { SandboxMessage } from './store/sandbox.deps.ts';
import { layout, moment, money, pathOf } from './store/sandbox.layout.ts';
import { priceOf, productOf, refundable } from './store/sandbox.orders.ts';
import type { Store } from './store/sandbox.store.ts';
import type { SandboxCheckout, SandboxLine, SandboxOrder } from './store/sandbox.types.ts';

const SHOWN = 25;
const MOST = 20;

const titleOf = (id: string, locale: Locale): string => {
  const product = productOf(id);
  return escaped((locale === 'fa' ? product?.titleFa : product?.title) ?? id);
};

/** What has a name in words is called by it, anything else by its own. */
const named = <T extends object>(name: string, words: T, say: (known: keyof T) => string): string =>
  Object.hasOwn(words, name) ? say(name as keyof T) : escaped(name);

const button = (action: string, text: string, locale: Locale): string =>
  `<form method="post" action="/sandbox/store/${action}?locale=${locale}"><button>${text}</button></form>`;

/** All products, each with a quantity to choose. */
export function storePage(locale: Locale): string {
  const t = textsOf('sandbox', locale);
  const items = PRODUCTS.map(
    ({ id, price }) => `<li><span class="name">${titleOf(id, locale)}</span>
<span class="price">${money(price, locale)}</span>
<label>${t('quantity')}<input type="number" name="${id}" value="0" min="0" max="${MOST}" inputmode="numeric"></label></li>`,
  );
  const content = `<form method="get" action="/sandbox/store/checkout"><input type="hidden" name="locale" value="${locale}">
<ul class="products">${items.join('\n')}</ul>
<div class="bar"><button class="main">${t('toCheckout')}</button></div></form>`;
  return layout({ name: 'store', title: t('store'), content }, locale);
}

/** What is in the cart, and who buys it. */
export function checkoutPage(lines: readonly SandboxLine[], locale: Locale): string {
  const t = textsOf('sandbox', locale);
  if (lines.length === 0) {
    const content = `<p class="note">${t('emptyCart')}</p><p><a href="${pathOf('store', locale)}">${t('back')}</a></p>`;
    return layout({ name: null, title: t('checkout'), content }, locale);
  }
  const rows = lines.map(
    ({ product, quantity }) =>
      `<tr><td>${titleOf(product, locale)}</td><td>${quantity.toLocaleString(locale)}</td><td class="price">${money(priceOf([{ product, quantity }]), locale)}</td></tr>`,
  );
  const hidden = lines.map(({ product, quantity }) => `<input type="hidden" name="${product}" value="${quantity}">`);
  const content = `<div class="scroll"><table style="min-inline-size:0"><tbody>${rows.join('\n')}
<tr><th scope="row" colspan="2">${t('goods')}</th><th class="price">${money(priceOf(lines), locale)}</th></tr></tbody></table></div>
<p class="quiet">${t('shippingNote')}</p>
<form method="post" action="/sandbox/store/checkout?locale=${locale}">${hidden.join('')}
<p><label>${t('email')}<input type="email" name="email" required autocomplete="off" dir="ltr" placeholder="newcomer@example.test" aria-describedby="hint"></label>
<span id="hint" class="quiet">${t('emailHint')}</span></p>
<p><label><input type="checkbox" name="marketing" value="1"> ${t('marketing')}</label></p>
<div class="buttons"><button class="main" name="do" value="pay">${t('pay')}</button>
<button name="do" value="later">${t('later')}</button><button name="do" value="leave">${t('leave')}</button></div></form>
<p><a href="${pathOf('store', locale)}">${t('back')}</a></p>`;
  return layout({ name: null, title: t('checkout'), content }, locale);
}

function orderRow(order: SandboxOrder, locale: Locale): string {
  const t = textsOf('sandbox', locale);
  const action =
    order.paidAt === null
      ? button(`orders/${order.platformId}/pay`, t('payNow'), locale)
      : refundable(order) > 0
        ? button(`orders/${order.platformId}/refund`, t('refund'), locale)
        : '';
  return `<tr><td><bdi>${escaped(order.number)}</bdi></td><td><bdi>${escaped(order.customer?.email ?? '—')}</bdi></td><td>${moment(order.placedAt, locale)}</td>
<td class="price">${money(order.total, locale)}</td><td>${named(order.financial, sandbox.states, (state) => t(`states.${state}`))}</td><td>${action}</td></tr>`;
}

function cartRow(checkout: SandboxCheckout, locale: Locale): string {
  const t = textsOf('sandbox', locale);
  return `<tr><td><bdi>${escaped(checkout.email ?? '—')}</bdi></td><td>${moment(checkout.createdAt, locale)}</td>
<td class="price">${money(priceOf(checkout.lines), locale)}</td><td>${button(`checkouts/${checkout.token}`, t('complete'), locale)}</td></tr>`;
}

const table = (heads: string[], rows: string[]): string =>
  `<div class="scroll" tabindex="0"><table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;

const noteOf = (note: string | null, locale: Locale): string => {
  const t = textsOf('sandbox', locale);
  const known: Record<string, string> = { placed: t('placed'), left: t('left'), done: t('done') };
  const text = note === null ? undefined : known[note];
  return text === undefined ? '' : `<p class="note" role="status">${text}</p>`;
};

/** The newest orders, and checkouts that nobody completed. */
export function ordersPage(store: Store, note: string | null, locale: Locale): string {
  const t = textsOf('sandbox', locale);
  const orders = [...store.orders.values()].sort((a, b) => b.placedAt - a.placedAt).slice(0, SHOWN);
  const carts = [...store.checkouts.values()].filter(({ completedAt }) => completedAt === null).reverse();
  const open = carts.slice(0, SHOWN).map((cart) => cartRow(cart, locale));
  const heads = [t('order'), t('customer'), t('when'), t('total'), t('state'), t('action')];
  const content = `${noteOf(note, locale)}<h2>${t('openCarts')}</h2>
${open.length === 0 ? `<p>${t('noCarts')}</p>` : table([t('customer'), t('when'), t('total'), t('action')], open)}
<h2>${t('newest')}</h2>
${table(
  heads,
  orders.map((order) => orderRow(order, locale)),
)}`;
  return layout({ name: 'orders', title: t('orders'), content }, locale);
}

/** Every message that the app has sent. */
export function inboxPage(messages: readonly SandboxMessage[], locale: Locale): string {
  const t = textsOf('sandbox', locale);
  const items = messages.map(
    ({ channel, to, subject, text, at }) => `<article><h2>${escaped(subject ?? channel)}</h2>
<p class="quiet"><bdi>${escaped(channel)}</bdi> · <bdi>${escaped(to)}</bdi> · ${moment(at, locale)}</p>
<pre style="white-space:pre-wrap;font:inherit" dir="auto">${escaped(text)}</pre></article>`,
  );
  const empty = `<div class="empty"><p><strong>${t('noMessages')}</strong></p><p>${t('noMessagesWhy')}</p></div>`;
  const content = items.length === 0 ? empty : items.reverse().join('\n');
  return layout({ name: 'inbox', title: t('inbox'), content }, locale);
}

/** The store's clock, and what the last journey did: counts by the kind of work. */
export function timePage(now: number, ran: Record<string, number> | null, locale: Locale): string {
  const t = textsOf('sandbox', locale);
  const counts = Object.entries(ran ?? {}).map(
    ([name, count]) =>
      `<li>${named(name, sandbox.works, (work) => t(`works.${work}`))}: ${count.toLocaleString(locale)}</li>`,
  );
  const steps = [
    ['PT1H', t('hour')],
    ['P1D', t('day')],
    ['P1W', t('week')],
    ['P1M', t('month')],
  ] as const;
  const buttons = steps.map(([by, text]) => `<button name="advance" value="${by}">${text}</button>`);
  const done = ran ? `<div class="note" role="status">${t('moved')}<ul>${counts.join('')}</ul></div>` : '';
  const content = `${done}<p>${t('timeLead')}</p>
<h2>${t('now')}</h2><p class="big">${moment(now, locale)}</p>
<form method="post" action="/sandbox/store/time?locale=${locale}" class="buttons">${buttons.join('\n')}</form>`;
  return layout({ name: 'time', title: t('time'), content }, locale);
}

/** What went wrong with a form. */
export function problemPage(message: string, locale: Locale): string {
  const t = textsOf('sandbox', locale);
  const content = `<p class="note" role="alert" dir="auto">${escaped(message)}</p><p><a href="${pathOf('store', locale)}">${t('back')}</a></p>`;
  return layout({ name: null, title: t('problem'), content }, locale);
}
