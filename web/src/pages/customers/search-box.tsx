import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/index.ts';

const PAUSE_MS = 250;

/** A search box that waits for a pause in typing; what the address says later replaces what is typed. */
export function SearchBox({ value, onSearch }: { value: string; onSearch: (query: string) => void }) {
  const { t } = useTranslation('customers');
  const [typed, setTyped] = useState(value);
  const said = useRef(value);
  const search = useRef(onSearch);
  search.current = onSearch;
  useEffect(() => {
    // Going back in history, or a link: not the echo of what was typed here.
    if (value === said.current) return;
    said.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === said.current) return;
    const timer = window.setTimeout(() => {
      said.current = wanted;
      search.current(wanted);
    }, PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [typed]);
  return (
    <TextField
      label={t('search')}
      type="search"
      value={typed}
      onChange={setTyped}
      onClearButtonClick={() => setTyped('')}
      clearButton
      placeholder={t('searchHint')}
      autoComplete="off"
      maxLength={200}
    />
  );
}
