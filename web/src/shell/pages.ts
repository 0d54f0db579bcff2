/** The pages, in the order in which they are listed. */
export const PAGES = ['home', 'insights', 'customers', 'program', 'activity', 'settings'] as const;
export type PageName = (typeof PAGES)[number];
export const isPage = (name: string): name is PageName => PAGES.some((page) => page === name && page !== 'home');
export const pathOf = (page: PageName): string => (page === 'home' ? '/' : `/${page}`);
