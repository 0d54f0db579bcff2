import { stableOrderNumber } from '../shared/stable-numbers.ts';

const FIRST_SLOTS = 4096;

/**
 * Counts distinct order ids in 8 to 32 bytes each, where a Set of texts would take more than a hundred: a million orders
 * must not show in the memory of an import. Ids are compared by their stable number.
 */
export function distinctCounter(): { add(id: string): void; count(): number } {
  let slots = new Float64Array(FIRST_SLOTS);
  let count = 0;

  const place = (table: Float64Array, number: number): number => {
    // Fibonacci hashing of the low bits spreads ids that follow each other.
    let at = Math.imul(number % 0x1_0000_0000, 0x9e37_79b1) >>> 0;
    at %= table.length;
    while (table[at] !== 0 && table[at] !== number) at = (at + 1) % table.length;
    return at;
  };

  const grow = (): void => {
    const larger = new Float64Array(slots.length * 2);
    for (const number of slots) if (number !== 0) larger[place(larger, number)] = number;
    slots = larger;
  };

  return {
    add(id) {
      const number = Number(stableOrderNumber(id));
      const at = place(slots, number);
      if (slots[at] === number) return;
      slots[at] = number;
      count += 1;
      if (count * 4 > slots.length * 3) grow();
    },
    count: () => count,
  };
}
