import { parse } from 'postcss';

const SIDES = /(?:^|-)(?:left|right)(?:-|$)/;
const SIDED_VALUES =
  /^(?:text-align|text-align-last|float|clear|justify-content|justify-items|justify-self|caption-side)$/;
const FOUR = /^(?:margin|padding|inset|border-(?:width|color|style)|scroll-(?:margin|padding))$/;

/** Splits a value at its spaces, but not inside of brackets. */
const partsOf = (value: string): string[] => value.match(/(?:[^\s(]+\((?:[^()]|\([^()]*\))*\)|[^\s]+)/g) ?? [];

function faultOf(property: string, value: string): boolean {
  if (property.startsWith('--')) return false;
  if (SIDES.test(property)) return true;
  if (SIDED_VALUES.test(property)) return /(?:^|\s)(?:left|right)(?:\s|$)/.test(value);
  if (!FOUR.test(property)) return false;
  const [, end, , start] = partsOf(value);
  return start !== undefined && start !== end;
}

/** Declarations that name a side of the screen: they would stand on the wrong one where the page is read from the right. */
export function sidedIn(path: string, css: string): string[] {
  const found: string[] = [];
  parse(css, { from: path }).walkDecls(({ prop, value, source }) => {
    if (faultOf(prop, value)) found.push(`${path}:${source?.start?.line ?? 0} ${prop}: ${value}`);
  });
  return found;
}
