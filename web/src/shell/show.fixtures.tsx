import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { onTestFinished } from 'vitest';
import type { ShopView } from '../api/shop.ts';
import { FormatProvider } from '../format/provider.tsx';
import type { Locale } from '../i18n/locale.ts';
import { changeLocale, startTexts, texts } from '../i18n/start.ts';
import { UiProvider } from '../ui/index.ts';

const SHOP: ShopView = {
  id: 1,
  platform: 'shopify',
  domain: 'shop.example.test',
  name: null,
  state: 'installed',
  currency: 'USD',
  timeZone: 'UTC',
  locale: 'en',
  calendar: 'gregory',
  country: null,
  programStart: 0,
  today: '2026-06-15',
  economics: { grossMargin: null, acquisitionCost: null, pointCost: null },
} as ShopView;

const PATIENCE_MS = 8_000;

/** For tests only: shows something as a page of the admin does, with answers that are there already. */
export async function show(
  element: ReactNode,
  { locale = 'en', shop = {} }: { locale?: Locale; shop?: Partial<ShopView> } = {},
): Promise<void> {
  onTestFinished(cleanup);
  await (texts.isInitialized ? changeLocale(locale) : startTexts(locale));
  const queries = new QueryClient({
    defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } },
  });
  queries.setQueryData(['shop'], { ...SHOP, locale, ...shop });
  const { findByTestId } = render(
    <QueryClientProvider client={queries}>
      <MemoryRouter>
        <UiProvider>
          <FormatProvider>
            <div data-testid="shown">{element}</div>
          </FormatProvider>
        </UiProvider>
      </MemoryRouter>
    </QueryClientProvider>,
  );
  // Polaris' words are fetched first, which takes its time on a busy machine.
  await findByTestId('shown', {}, { timeout: PATIENCE_MS });
}
