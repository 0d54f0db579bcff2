export const figures = {
  change: {
    up: 'up {{size}}',
    down: 'down {{size}}',
    same: 'no change',
    none: 'Nothing before to compare with',
    point: '{{n}} percentage point',
    points: '{{n}} percentage points',
  },
  against: 'against {{days}}',
  hint: { liability: 'Needs the cost of a point, which you give in the settings' },
  byMonth: '{{name}} by month, {{from}} to {{to}}',
  name: {
    repeatRate: 'Repeat purchase rate',
    returningRate: 'Returning customer rate',
    returnShare: 'Monthly return share',
    crr: 'Customer retention (CRR)',
    crrStrict: 'Customer retention, strict',
    gap: 'Days between orders',
    revenue: 'Revenue',
    orders: 'Orders',
    customers: 'Customers',
    aov: 'Average order value',
    loyalShare: 'Revenue from loyal customers',
    topShare: 'Revenue from the top 20%',
    issued: 'Points issued',
    redeemed: 'Points redeemed',
    liability: 'Points liability',
    payback: 'Order that pays a customer back',
    retentionValue: 'Worth of 5 points more retention',
  },
  definition: {
    repeatRate:
      'Customers with two counted orders or more ÷ customers with at least one, over all history up to the last day shown.',
    returningRate:
      'Customers of these days who bought before them, or twice in them ÷ all customers who bought in these days.',
    returnShare:
      'Customers of before the month who bought in it ÷ all customers of before it. Of the last whole month up to the last day shown.',
    crr: '(E − N) ÷ S × 100 of the last whole month. A customer at a day is who bought within 365 days before it: S at the month’s start, E at its end, N the newcomers among E. People who come back after a long time count in E, so it can pass 100%.',
    crrStrict:
      'Customers at the month’s start who still are at its end ÷ customers at its start, of the last whole month. It never passes 100%; what is missing to 100% is churn.',
    gap: 'The median of the days between two orders of the same customer that end in these days.',
    revenue: 'Paid with tax and shipping, less refunds, on the day the order was placed.',
    orders: 'Orders placed in these days that are paid, not cancelled, not a test and not wholly refunded.',
    customers: 'People with at least one counted order in these days. Orders without any contact belong to none.',
    aov: 'Revenue ÷ orders of these days.',
    loyalShare: 'Share of these days’ revenue from customers with two orders or more up to the last day shown.',
    topShare: 'Share of these days’ revenue from the fifth of their customers who spent most, rounded up.',
    issued: 'Points given in these days, less what refunds and cancellations took back.',
    redeemed: 'Points spent in these days.',
    liability:
      'Points held by members at the end of these days × cost of a point × share of points expected to be redeemed (redeemed ÷ (redeemed + expired) so far; all of them until there was any).',
    payback:
      'The first order number n at which your gross margin on n average orders covers what a new customer costs. By the average order of the year up to the last day shown.',
    retentionValue:
      'What a new customer would bring more in gross margin over the twelve months after the first, if in each of them five more customers in a hundred bought, each spending what those who buy spend. By your own cohorts of the year up to the last day shown.',
  },
  band: {
    returnShare: 'Often published: 20–30% a month',
    loyalShare: 'Often published: more than 40%',
    topShare: 'Often published: 80% from 20%',
    retentionValue: 'Often published: +5% retention brings 25–95% more profit',
    payback: 'Often published: winning a customer costs 6–7 times as much as keeping one',
  },
  source: {
    returnShare:
      'Where the published figure comes from: a rule of thumb in articles for online shops. It is not of your shop and depends much on what is sold.',
    loyalShare:
      'Where the published figure comes from: Adobe Digital Index, 2012, on online shops in the United States and Europe. It is not of your shop.',
    topShare: 'Where the published figure comes from: the Pareto principle, a rule of thumb. It is not of your shop.',
    retentionValue:
      'Where the published figure comes from: F. Reichheld, Bain & Company, for several industries. It is not of your shop.',
    payback:
      'Where the published figure comes from: articles on retention, which credit it to Bain & Company. It is not of your shop.',
  },
} as const;
