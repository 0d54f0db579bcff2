import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeShop } from '../../api/settings.ts';
import { type ShopView, useShop } from '../../api/shop.ts';
import { forgetViewLocale } from '../../i18n/locale.ts';
import { useExplain, useToast } from '../../ui/index.ts';
import { COSTS, changeOf, type Draft, draftOf, faultOf, isDirty } from './draft.ts';

/** The one form of the settings: what was changed, what is wrong with it, and how it is saved. */
export function useSettingsForm() {
  const { t } = useTranslation('settings');
  const { data: shop } = useShop();
  const [edits, setEdits] = useState<Partial<Draft>>({});
  const [tried, setTried] = useState(false);
  const { mutate, isPending } = useChangeShop();
  const say = useToast();
  const explain = useExplain();
  const draft = shop ? { ...draftOf(shop), ...edits } : null;
  const dirty = shop !== undefined && draft !== null && isDirty(shop, draft);
  const discard = (): void => {
    setEdits({});
    setTried(false);
  };
  const send = (current: ShopView, next: Draft): void => {
    const change = changeOf(current, next);
    if (COSTS.some((cost) => faultOf(current, next, cost) !== null)) return;
    // Typed anew and the same as before.
    if (change === null) {
      discard();
      return;
    }
    mutate(change, {
      onSuccess: () => {
        discard();
        // Who changes the shop's language wants to see it.
        if (change.locale !== undefined) forgetViewLocale();
        say(t('common:states.saved'));
      },
      onError: (error) => say(explain(error), { isError: true }),
    });
  };
  return {
    shop,
    draft,
    dirty,
    saving: isPending,
    set: (change: Partial<Draft>) => setEdits((before) => ({ ...before, ...change })),
    /** What is wrong with a cost, once it was tried to save, or as soon as it is no number. */
    faultOf: (cost: (typeof COSTS)[number]) => {
      const fault = shop && draft ? faultOf(shop, draft, cost) : null;
      return tried || fault === 'notNumber' ? fault : null;
    },
    save: () => {
      setTried(true);
      if (shop && draft) send(shop, draft);
    },
    discard,
  };
}

export type SettingsForm = ReturnType<typeof useSettingsForm> & { draft: Draft };
