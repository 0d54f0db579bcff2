import { describe, expect, test } from 'vitest';
import { adviceFor } from './advice.rules.ts';

const parked = (errorCode: string | null, hasBody = true) => adviceFor({ state: 'parked', errorCode, hasBody });

describe('what to do about a parked delivery', () => {
  test.each([
    ['internal', 'yes', /^Replay it/],
    [null, 'yes', /^Replay it/],
    ['delivery.platform', 'later', /^Connect/],
    ['delivery.no_rights', 'no', /^Mend this at the store/],
    ['delivery.store_error', 'no', /read again/],
    ['delivery.bad_field', 'later', /update of Bazgasht/],
    ['delivery.not_json', 'later', /update of Bazgasht/],
    ['toString', 'later', /update of Bazgasht/],
  ])('that failed with %s', (code, replay, hint) => {
    expect(parked(code)).toEqual({ replay, hint: expect.stringMatching(hint) });
  });

  test('whose body is gone is not to replay it, whatever it failed with', () => {
    expect(parked('internal', false)).toEqual({ replay: 'no', hint: expect.stringMatching(/not kept any more/) });
  });

  test('is nothing, where it only waits', () => {
    expect(adviceFor({ state: 'pending', errorCode: 'internal', hasBody: true })).toBeNull();
  });
});
