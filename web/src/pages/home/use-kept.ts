import { useCallback, useState } from 'react';

/** A browser may keep nothing for a page in a frame: then it is forgotten when the page closes. */
function read(key: string): number[] {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'number') : [];
  } catch {
    return [];
  }
}

function write(key: string, shops: readonly number[]): void {
  try {
    window.localStorage.setItem(key, JSON.stringify(shops));
  } catch {
    // Nothing to be done: see above.
  }
}

/** A yes or no that the browser keeps for each shop; before the shop is known, whether it is a yes for any. */
export function useKept(name: string, shop: number | undefined): [boolean, (yes: boolean) => void] {
  const key = `bazgasht.${name}`;
  const [shops, setShops] = useState(() => read(key));
  const change = useCallback(
    (yes: boolean) => {
      if (shop === undefined) return;
      const others = read(key).filter((one) => one !== shop);
      const next = yes ? [...others, shop] : others;
      write(key, next);
      setShops(next);
    },
    [key, shop],
  );
  return [shop === undefined ? shops.length > 0 : shops.includes(shop), change];
}
