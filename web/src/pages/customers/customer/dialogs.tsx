import { type ComponentProps, forwardRef, useImperativeHandle, useState } from 'react';
import { Adjust } from './adjust.tsx';
import { Erase } from './erase.tsx';

export type Opener = { open: (dialog: 'adjust' | 'erase') => void };
type Props = { id: string; points: ComponentProps<typeof Adjust>['points'] | null };

/**
 * The dialogs of the page. Which one is open is known here alone: the long page below need not be drawn again for it, which
 * took longer than the dialog itself.
 */
export const Dialogs = forwardRef<Opener, Props>(function Dialogs({ id, points }, ref) {
  const [opened, setOpened] = useState<'adjust' | 'erase' | null>(null);
  useImperativeHandle(ref, () => ({ open: setOpened }), []);
  const close = () => setOpened(null);
  return (
    <>
      {points && <Adjust id={id} points={points} open={opened === 'adjust'} onClose={close} />}
      <Erase id={id} open={opened === 'erase'} onClose={close} />
    </>
  );
});
