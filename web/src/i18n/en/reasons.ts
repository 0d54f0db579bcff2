/** What a code of the server's says, where its own sentence is not in the reader's language. */
export const reasons = {
  delivery_not_json: 'The delivery is no JSON: something on the way changed it.',
  delivery_platform: 'The delivery came from another kind of platform than this shop is on.',
  delivery_bad_field: 'A field of the delivery is missing or has a value that cannot be read.',
  delivery_forgotten: 'Its content was erased at a customer’s request; there is nothing left to apply.',
  delivery_no_rights: 'The store sent it without what it is about: the owner of its keys may not see it.',
  delivery_store_error: 'The store sent an error in place of what it is about.',
  delivery_too_large: 'The delivery is larger than Bazgasht can take in.',
  delivery_not_parked: 'This delivery is no longer parked.',
  internal: 'Bazgasht could not apply it. It is kept; replay it, or ask your operator to look at the log.',
  access_refused:
    'The platform no longer accepts the access that this shop gave to Bazgasht. Connect it again; everything goes on where it was.',
  currency_changed:
    'The store sells in another currency now. Bazgasht goes on counting in the one in which this shop began; orders in another are not counted.',
  webhooks_mended:
    'The store had stopped sending some of its webhooks. They were made anew, and what happened meanwhile is read.',
  webhooks_refused: 'The platform would not make some of the webhooks.',
  shopify_token_revoked:
    'Shopify no longer accepts the access that this shop gave to Bazgasht. Open Bazgasht in the Shopify admin to renew it.',
  shopify_throttled: 'Shopify limits how fast this shop may be read. Bazgasht goes on later.',
  shopify_unavailable: 'Shopify did not answer. Bazgasht tries again later.',
  shopify_shop_closed: 'Shopify does not let apps into this shop now: it is closed, frozen or locked.',
  shopify_access_denied:
    'Shopify does not allow Bazgasht what this needs. Open Bazgasht in the Shopify admin and grant the permissions it asks for.',
  shopify_outdated: 'Shopify does not know something that this version of Bazgasht asks for. Update Bazgasht.',
  shopify_refused: 'Shopify refused what Bazgasht asked.',
  woocommerce_keys_refused:
    'The store no longer accepts the keys that it gave to Bazgasht. They were revoked, or their owner is no longer a shop manager. Connect the store again.',
  woocommerce_header_stripped:
    'The server of this store keeps the Authorization header from WooCommerce. Ask its host to let it through, then connect the store again.',
  woocommerce_permission:
    'The keys of this store do not allow Bazgasht what this needs. Connect the store again as an administrator, with read and write access.',
  woocommerce_unreachable: 'The store could not be reached. Bazgasht tries again later.',
  woocommerce_certificate:
    'The store’s https certificate is not valid. Ask the host of the store to renew or repair it.',
  woocommerce_timed_out: 'The store took too long to answer. Bazgasht tries again later.',
  woocommerce_unavailable: 'The store has trouble just now. Bazgasht tries again later.',
  woocommerce_throttled: 'The store asks to be asked more slowly. Bazgasht goes on later.',
  woocommerce_no_api:
    'The store does not answer as WooCommerce at this address. Check that WooCommerce is active, and that Permalinks in WordPress are not set to “Plain”.',
  woocommerce_not_json:
    'The store answered with a page instead of data. A maintenance mode, a security plugin or a firewall may stand before its API: let Bazgasht through to /wp-json/.',
  woocommerce_blocked: 'A plugin of the store keeps its REST API closed. Allow /wp-json/wc/v3/ in its settings.',
  woocommerce_strange_answer: 'The store answered with something that is not WooCommerce’s.',
  woocommerce_refused: 'The store refused what Bazgasht asked.',
  woocommerce_redirected: 'The store’s API redirects elsewhere. Connect the store by that address.',
  woocommerce_not_connected: 'This shop is not connected to a WooCommerce store. Connect it first.',
  http_not_found: 'There is nothing at this address.',
  api_invalid: 'Something in what was sent cannot be taken. Look at the fields again.',
  api_rate_limited: 'Too many requests. Wait a moment and try again.',
  api_too_large: 'This is larger than can be taken in.',
  auth_scope: 'This session may not do that.',
  points_not_enough: 'There are not enough points for this.',
  points_amount: 'Points are a whole number other than zero.',
  program_changed: 'Somebody changed the program meanwhile. Look at it anew.',
  customers_unknown: 'The shop has no such customer.',
  exports_unknown: 'There is no such file any more.',
  insights_settings: 'A cost has to be a number above zero, and not too large.',
  shops_disconnect_elsewhere: 'Uninstall Bazgasht in the Shopify admin, under Settings → Apps.',
  shops_not_connected: 'This store is not connected.',
  imports_running: 'Another file is being brought in. Wait until it is done, or cancel it.',
  imports_cancelled: 'Cancelled. What was brought in until then stays.',
  imports_unreadable: 'This file cannot be read as CSV. Save the sheet as CSV (UTF-8), and bring that file.',
  imports_too_large: 'The file is too large. Split it by years, and bring one part after the other.',
  imports_gone: 'The file is not kept any more. Bring it again.',
  imports_away: 'The file could not be read just now.',
  imports_gave_up: 'Bringing in this file failed several times. Bring it again; what is in is not added twice.',
  imports_header:
    'The header of the file lacks columns that this format has. Choose another format, or look at the file.',
  imports_format: 'The file is not in this format.',
  imports_ended: 'This import has ended already.',
  archives_running: 'A file is being made already. Wait until it is done.',
  archives_unknown: 'There is no such file any more: files are kept for a day.',
  syncs_not_installed:
    'This shop is only registered: Bazgasht has no access to its platform. Install the app, or connect the store, first.',
  shops_no_toman: 'Only rials can be shown in toman.',
  api_broken_off: 'The file did not come to its end. Send it again.',
  api_shown_once: 'An earlier request made this key, and it was shown then. Revoke it, and make another.',
  api_unknown_key: 'The shop has no such key.',
} as const;
