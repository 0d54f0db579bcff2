import { useTranslation } from 'react-i18next';

/** A sentence of the server's in the reader's language: by its code where that is known, else as it was said. */
export function useReason(): (code: string | null, sentence: string | null) => { text: string | null; own: boolean } {
  const { t, i18n } = useTranslation('reasons');
  return (code, sentence) => {
    if (sentence !== null && i18n.language === 'en') return { text: sentence, own: true };
    const known = code === null ? '' : t(`${code.replaceAll('.', '_')}`, { defaultValue: '' });
    return known === '' ? { text: sentence, own: false } : { text: known, own: true };
  };
}

/** The same in place; what is in another language than the page says so, and keeps its direction. */
export function Reason({ code, sentence, none = '' }: { code: string | null; sentence: string | null; none?: string }) {
  const { text, own } = useReason()(code, sentence);
  if (text === null) return <>{none}</>;
  return own ? (
    text
  ) : (
    <bdi lang="en" dir="ltr">
      {text}
    </bdi>
  );
}
