import type { DetailedHTMLProps, HTMLAttributes } from 'react';

/** React 18 hands attributes of custom elements on as they are: it is `class` here. */
type Custom = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & { class?: string | undefined };

declare module 'react' {
  interface ButtonHTMLAttributes<T> {
    /** Which button of a `<ui-save-bar>` is the one that saves. */
    variant?: 'primary';
    /** Shown as busy by App Bridge. */
    loading?: '' | undefined;
  }

  namespace JSX {
    interface IntrinsicElements {
      /** App Bridge puts the links inside of it into Shopify's own navigation. */
      'ui-nav-menu': Custom;
      /** App Bridge shows its two buttons in Shopify's own bar for unsaved changes. */
      'ui-save-bar': Custom;
    }
  }
}
