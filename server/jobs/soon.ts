type Later = (work: () => void, ms: number) => unknown;

/** Nothing waits for it when the process is to end. */
const reallyLater: Later = (work, ms) => setTimeout(work, ms).unref();

/**
 * Makes one call of many about the same shop: the first one asks for it, and whatever comes until it is made goes with it. So
 * there is one in `pauseMs` at most, and none comes later than that.
 */
export function soon(
  act: (shopId: number) => void,
  pauseMs: number,
  later: Later = reallyLater,
): (shopId: number) => void {
  const waiting = new Set<number>();
  return (shopId) => {
    if (waiting.has(shopId)) return;
    waiting.add(shopId);
    later(() => {
      waiting.delete(shopId);
      act(shopId);
    }, pauseMs);
  };
}
