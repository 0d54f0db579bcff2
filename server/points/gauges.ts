import { gaugeSet } from '../features/gauges.ts';
import { ledgerFacts } from './check.usecases.ts';

/** How large the ledger is, and how its verifications ended. */
export const pointsGauges = gaugeSet({
  gauges: {
    ledger_rows: { help: 'Rows of the ledger, on PostgreSQL about', labels: ['kind'] },
    ledger_checked_shops: { help: 'Shops by the result of their last "ledger verify"', labels: ['result'] },
    ledger_checked_timestamp_seconds: { help: 'When the shop verified longest ago was; 0: none ever was' },
  },
  async read({ db }) {
    const ledger = await ledgerFacts({ db });
    return {
      ledger_rows: [
        { labels: { kind: 'transactions' }, value: ledger.transactions },
        { labels: { kind: 'postings' }, value: ledger.postings },
      ],
      ledger_checked_shops: [
        { labels: { result: 'ok' }, value: ledger.ok },
        { labels: { result: 'wrong' }, value: ledger.wrong },
      ],
      ledger_checked_timestamp_seconds: (ledger.oldestCheck ?? 0) / 1000,
    };
  },
});
