// A million customers to look for, with their search terms, written straight into the tables.
import Sqlite from 'better-sqlite3';
import type { Core } from '../server/app.ts';
import { termsOf } from '../server/customers/search.rules.ts';
import { sqlitePath } from '../server/db/sqlite.ts';
import { random } from './kpis.orders.ts';

const BATCH = 20_000;
const SYLLABLES = ['sa', 'ra', 'mi', 'na', 'da', 'lo', 'be', 'ka', 'ri', 'to', 'el', 'an', 'ho', 'ma', 'ze', 'vi'];

type Person = { id: string; email: string; phone: string; firstName: string; lastName: string };

/** The n-th customer: some 4,000 first names and 65,000 last names, as unevenly spread as names are. */
function personOf(n: number, next: () => number): Person {
  const syllable = () => SYLLABLES[Math.floor(next() ** 2 * SYLLABLES.length)] ?? 'sa';
  const firstName = syllable() + syllable() + syllable();
  const lastName = syllable() + syllable() + syllable() + syllable();
  const phone = `+1${String(2_000_000_000 + n * 7_919).slice(-10)}`;
  return {
    id: `c${String(n).padStart(9, '0')}`,
    email: `${firstName}.${lastName}${n}@example.test`,
    phone,
    firstName,
    lastName,
  };
}

/** Names the first `known` customers, who are there already, and adds the others. @returns some of them, to look for */
export function loadPeople(
  { config }: Core,
  shop: number,
  { known, total }: { known: number; total: number },
): Person[] {
  const db = new Sqlite(sqlitePath(config.databaseUrl));
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -400000');
  const name = db.prepare(
    'UPDATE customers SET email = @email, phone = @phone, first_name = @firstName, last_name = @lastName WHERE shop_id = @shop AND id = @id',
  );
  const add = db.prepare(
    `INSERT INTO customers (shop_id, id, email, phone, first_name, last_name, updated_at, triggered_at, body_hash, created_at)
     VALUES (@shop, @id, @email, @phone, @firstName, @lastName, 0, 0, '', 0)`,
  );
  const term = db.prepare('INSERT INTO customer_search (shop_id, term, customer_id) VALUES (?, ?, ?)');
  const next = random(77);
  const some: Person[] = [];
  const terms: { term: string; id: string }[] = [];
  for (let from = 0; from < total; from += BATCH) {
    db.transaction(() => {
      for (let n = from; n < Math.min(total, from + BATCH); n += 1) {
        const person = personOf(n, next);
        (n < known ? name : add).run({ shop, ...person });
        for (const one of termsOf({ ...person, nationalPhone: person.phone.slice(2) }))
          terms.push({ term: one, id: person.id });
        if (n % 997 === 0) some.push(person);
      }
    })();
  }
  // In the order of the key, which is quicker to write; what is measured is reading.
  terms.sort((a, b) => (a.term < b.term ? -1 : a.term > b.term ? 1 : a.id < b.id ? -1 : 1));
  for (let from = 0; from < terms.length; from += BATCH) {
    db.transaction(() => {
      for (const one of terms.slice(from, from + BATCH)) term.run(shop, one.term, one.id);
    })();
  }
  db.close();
  return some;
}
