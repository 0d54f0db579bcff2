/** What the pages say with which a WooCommerce store is connected. Between backticks stands code. */
export const connect = {
  title: 'Connect your WooCommerce store',
  lead: 'You go to your store, log in there as its owner or manager, and press “Approve”. Bazgasht then reads customers, orders and products, makes coupons for rewards, and is told of new orders. No password is typed here.',
  label: 'Address of the store',
  hint: 'As customers type it, for example https://shop.example',
  go: 'Go to the store',
  other: 'فارسی',
  again: 'Try again',
  home: 'Connect another store',
  insecure: {
    title: 'This store has no https',
    text: 'Bazgasht can sign what it asks, so that its keys stay secret. But names, e-mail addresses and orders of your customers, and your own login, go over the network readable for anyone on the way. Ask the host of your store for a certificate: most give one for nothing.',
    go: 'I know. Go on without https',
  },
  connected: {
    title: 'Your store is connected',
    text: 'Its history is being read now, which takes from minutes to some hours; new orders count at once. You can close this page.',
    steps: [
      'If you connected before, remove the older key of Bazgasht in WordPress under WooCommerce → Settings → Advanced → REST API.',
    ],
  },
  denied: {
    title: 'You did not approve',
    text: 'Nothing was connected and nothing was read. You can begin again whenever you like.',
  },
  waiting: {
    title: 'Waiting for the keys of your store',
    text: 'This page looks again by itself. If nothing has changed after a minute, your store could not reach Bazgasht: begin again, and if that does not help ask the host of your store whether it lets WordPress send requests out.',
  },
  troubles: {
    empty: { title: 'The address is missing', text: 'Type the address of your store.' },
    too_long: { title: 'This address is too long', text: 'Type the address of the store only.' },
    malformed: {
      title: 'This is not the address of a store',
      text: 'It looks like https://shop.example, as customers type it.',
    },
    scheme: { title: 'This is not the address of a store', text: 'It begins with https:// or http://.' },
    credentials: {
      title: 'Leave the password out',
      text: 'Type the address without a user name and password: Bazgasht asks the store for keys of its own.',
    },
    query: { title: 'This address says too much', text: 'Leave out everything from the question mark on.' },
    private: {
      title: 'This store is not on the internet',
      text: 'Its address leads into a private network, where Bazgasht cannot and must not look. Type the public address of the store, by its name.',
    },
    app_url_missing: {
      title: 'This installation has no public address yet',
      text: 'Stores send their keys and their orders to it. Its operator has to set APP_URL to the public https address of Bazgasht and start it again.',
    },
    app_url_unfit: {
      title: 'Stores cannot send to this installation',
      text: 'WooCommerce sends only to public https addresses on the ports 443, 80 and 8080. Its operator has to set APP_URL to such an address and start Bazgasht again.',
    },
    rate_limited: { title: 'Too many attempts', text: 'Wait a minute, then try again.' },
    handover: {
      title: 'This connection is over',
      text: 'It was used already, or was begun more than an hour ago. Begin again.',
    },
    other_path: {
      title: 'Another store of this host is connected',
      text: 'Bazgasht keeps one store for each host name, in whichever folder it is. Give this store a name of its own, such as second.shop.example, and connect it by that.',
    },
    currency: {
      title: 'Bazgasht cannot count in the currency of this store',
      text: 'A currency needs a code of three letters, for example EUR, IRR or IRT. Choose such a currency in WordPress under WooCommerce → Settings → General, then connect again.',
    },
    read_only: {
      title: 'The store gave keys for reading only',
      text: 'Rewards are coupons, which Bazgasht has to write. Begin again and approve “Read/Write”.',
    },
    unreachable: {
      title: 'The store does not answer',
      text: 'Check the address for slips. If the store opens in your browser, its host or a firewall may keep other servers out: let requests to /wp-json/ through.',
    },
    certificate: {
      title: 'The certificate of the store is not valid',
      text: 'Ask the host of the store to renew or repair it; browsers of your customers complain about it too.',
    },
    timed_out: { title: 'The store is very slow', text: 'It did not answer in time. Try again in a few minutes.' },
    redirected: {
      title: 'The store leads elsewhere',
      text: 'Its address redirects to another one. Open the store in a browser, and type the address that stands there in the end.',
    },
    no_woocommerce: {
      title: 'There is no WooCommerce at this address',
      text: 'Check the address, with its folder if the store is in one. In WordPress, WooCommerce has to be installed and active, and no security plugin may close the REST API (/wp-json/).',
    },
    plain_permalinks: {
      title: 'The permalinks of the store are “Plain”',
      text: 'Then its API takes no keys. In WordPress, open Settings → Permalinks, choose any other structure, such as “Post name”, save, and try again.',
    },
    not_json: {
      title: 'Something stands before the store',
      text: 'It answered with a page instead of data: a maintenance mode, a firewall or a security plugin. Let Bazgasht through to /wp-json/, then try again.',
    },
    unavailable: { title: 'The store has trouble of its own', text: 'It answered with an error. Try again later.' },
    clock: {
      title: 'The clock of the store is wrong',
      text: 'Without https every request is signed with the time. Ask the host of the store to set its clock, or to give it https.',
    },
    keys_refused: {
      title: 'The store does not accept the keys that it just made',
      text: 'The request was approved, but the keys do not open the store. One of these is the cause:',
      steps: [
        'Permalinks are “Plain”. In WordPress, open Settings → Permalinks and choose any other structure.',
        'A firewall or a security plugin closes the REST API, or the key was revoked meanwhile.',
        'Whoever approved is no administrator or shop manager.',
        'The server drops what shows the keys. On Apache put this line at the top of the file .htaccess: `{{apache}}` On nginx with PHP-FPM: `{{nginx}}`',
      ],
    },
    header_stripped: {
      title: 'The server of the store drops the Authorization header',
      text: 'The keys are good, but they do not reach WooCommerce. Ask the host of the store for this change, then try again:',
      steps: ['On Apache, at the top of the file .htaccess: `{{apache}}`', 'On nginx with PHP-FPM: `{{nginx}}`'],
    },
    failed: { title: 'This did not work', text: 'Something went wrong here. It was noted; please try again.' },
  },
};
