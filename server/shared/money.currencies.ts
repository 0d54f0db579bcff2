/**
 * Currencies whose minor unit is not a hundredth: ISO 4217, and by our convention none for the rial (IRR) and the toman
 * (IRT, which is not ISO). A table rather than Intl: Intl answers with the digits that people usually see (none for HUF
 * or IDR, which have two), and an update of its data must never change what stored amounts mean.
 */
const EXCEPTIONS: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF IRR IRT'
    .split(' ')
    .map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
]);

/** Decimal digits of a currency's minor unit: 2 for USD, 0 for JPY, IRR and IRT, 3 for KWD, 4 for CLF; 2 when unknown. */
export const minorDigits = (currency: string): number => EXCEPTIONS.get(currency) ?? 2;
