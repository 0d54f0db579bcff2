/** Leads to the first field that something is wrong with, once it is marked: it may lie out of sight. */
export function focusFault(): void {
  window.requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('[role="dialog"] [aria-invalid="true"]')?.focus();
  });
}
