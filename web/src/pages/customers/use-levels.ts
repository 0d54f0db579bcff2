import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type TierLevel, useProgram } from '../../api/program.ts';

type Named = TierLevel['name'];

/** A level's name in the language of the page. */
export const nameOfLevel = (name: Named, locale: string): string =>
  typeof name === 'string' ? name : locale === 'fa' ? name.fa : name.en;

/** The program's tiers, and what each is called here; an old one that is no longer defined goes by its id. */
export function useLevels() {
  const { i18n } = useTranslation();
  const { data } = useProgram();
  const tiers = data?.rules.tiers;
  const levels = tiers?.levels ?? [];
  const nameOf = useCallback(
    (id: string): string => {
      const level = tiers?.levels.find((one) => one.id === id);
      return level ? nameOfLevel(level.name, i18n.language) : id;
    },
    [tiers, i18n.language],
  );
  return { enabled: tiers?.enabled ?? false, levels, nameOf };
}
