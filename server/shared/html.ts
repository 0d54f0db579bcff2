const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in a page. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

/** The same, where what stands between backticks is code, which is written from left to right. */
export const marked = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code dir="ltr">$1</code>');
