import { QueryClientProvider } from '@tanstack/react-query';
import { type ComponentType, lazy, Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { createQueries } from './api/queries.ts';
import { FormatProvider } from './format/provider.tsx';
import type { Host } from './hosts/host.ts';
import { HostProvider } from './hosts/provider.tsx';
import { Missing } from './pages/missing.tsx';
import { Shell } from './shell/shell.tsx';
import { PageSkeleton, ToastProvider, UiProvider } from './ui/index.ts';

/** A page in a file of its own, fetched when it is opened. */
const page = (load: () => Promise<{ default: ComponentType }>) => {
  const Page = lazy(load);
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Page />
    </Suspense>
  );
};

/** The admin: what surrounds every page, and which page an address opens. */
export function App({ host }: { host: Host }) {
  return (
    <HostProvider host={host}>
      <QueryClientProvider client={createQueries()}>
        <BrowserRouter basename="/app">
          <UiProvider>
            <FormatProvider>
              <ToastProvider>
                <Shell>
                  <Routes>
                    <Route index element={page(() => import('./pages/home/home.tsx'))} />
                    <Route path="insights" element={page(() => import('./pages/insights/insights.tsx'))} />
                    <Route path="customers" element={page(() => import('./pages/customers/customers.tsx'))} />
                    <Route
                      path="customers/:id"
                      element={page(() => import('./pages/customers/customer/customer.tsx'))}
                    />
                    <Route path="program" element={page(() => import('./pages/program/program.tsx'))} />
                    <Route path="activity" element={page(() => import('./pages/activity/activity.tsx'))} />
                    <Route path="settings" element={page(() => import('./pages/settings/settings.tsx'))} />
                    <Route path="*" element={<Missing />} />
                  </Routes>
                </Shell>
              </ToastProvider>
            </FormatProvider>
          </UiProvider>
        </BrowserRouter>
      </QueryClientProvider>
    </HostProvider>
  );
}
