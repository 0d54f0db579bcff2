export const home = {
  title: 'Home',
  subtitle: 'Who comes back, what they bring, and what is left to do',
  groups: { return: 'Who comes back', sales: 'What they bring', points: 'Points' },
  empty: {
    title: 'No orders yet',
    text: 'The figures appear with your first counted order. Bring in past orders from a file, wait until your store’s history is read, or place an order yourself.',
    action: 'Bring in past orders',
  },
  problems: {
    look: 'See what happened',
    accessRefused: { title: 'Your store no longer lets Bazgasht in' },
    currencyChanged: { title: 'Your store’s currency has changed' },
    webhooksMended: { title: 'Your store had stopped telling us about orders' },
    scopesMissing: { title: 'Bazgasht needs one more permission in Shopify' },
    webhooksRefused: { title: 'Your store does not tell us about everything' },
    other: { title: 'Something between your store and Bazgasht needs you' },
    parked: {
      title: 'Some messages from your store could not be used',
      text: 'They wait until somebody has looked at them; orders in them are not counted yet.',
      action: 'Look at them',
    },
    late: {
      title: 'Your store’s messages are being worked through',
      text: 'The newest orders are missing for the moment. This passes by itself.',
    },
  },
  guide: {
    title: 'Set up Bazgasht',
    progress: '{{done}} of {{of}} done',
    hide: 'Hide this guide',
    hidden: 'The guide is put away.',
    show: 'Show the setup guide',
    open: 'Open',
    read: '{{done}} orders read',
    readOf: '{{done}} of {{of}} orders read',
    state: {
      done: 'Done',
      todo: 'To do',
      running: 'Under way',
      failed: 'Failed',
      absent: 'Not detected',
    },
    connected: {
      title: 'Connect your store',
      text: 'Orders and customers arrive by themselves from then on.',
    },
    history: {
      title: 'Read your past orders',
      text: 'Past orders count in the figures and earn no points. They are read from the store, or from a file.',
    },
    program: {
      title: 'Look through the earning rules',
      text: 'A new shop gives points for each unit of money spent. See whether that fits your margin.',
      fine: 'They are fine as they are',
    },
    tiers: {
      title: 'Turn on tiers',
      text: 'Levels that customers reach by points, spending or orders. You see first how many would move.',
    },
    costs: {
      title: 'Say what things cost you',
      text: 'With margin, cost of a new customer and cost of a point, the figures say what retention is worth.',
    },
    theme: {
      title: 'Points in your storefront',
      text: 'No block that shows points was found in your storefront’s theme.',
    },
  },
  economics: {
    title: 'What a customer is worth',
    missing: 'Say what things cost you',
    why: 'With your gross margin and what winning a new customer costs, this shows with which order a customer has paid back, and what more retention would be worth.',
    give: 'Give your costs',
    nth: 'Order {{n}}',
    each: 'For each new customer, in a year',
  },
  stage: {
    title: 'Where to put your effort',
    number: 'Stage {{stage}} of 5',
    orders: '{{orders}} orders in the last 30 days',
    advice: {
      1: 'Nobody has bought yet: put all effort into winning the first customers.',
      2: 'Up to 10 orders a month: winning customers comes first. Put about 15% of your effort into those you have, by e-mail.',
      3: 'From 11 orders a month on, about one a day: put about 30% of your effort into the customers you have.',
      4: 'From 150 orders a month on, about ten a day: put about half of your effort into the customers you have.',
      5: 'More than 500 orders a month: most of your effort belongs to the customers you have.',
    },
    source:
      'The stages and shares are rules of thumb from articles for online shops. They name examples only; the cut-offs at 149 and 150 orders are ours.',
  },
} as const;
