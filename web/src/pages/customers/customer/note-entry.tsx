import { useTranslation } from 'react-i18next';
import { type Happening, type NoteAsked, useAddNote, useDeleteNote } from '../../../api/customer.ts';
import { useFormat } from '../../../format/provider.tsx';
import { Button } from '../../../ui/index.ts';
import styles from './parts.module.css';
import { useSay } from './use-say.ts';

/** A note of the merchant's among what happened. Deleting it can be undone: it is written once more. */
export function NoteEntry({ customer, item: { at, facts } }: { customer: string; item: Happening }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const add = useAddNote(customer);
  const remove = useDeleteNote(customer);
  const say = useSay();
  const note = facts as { id: string; kind: NonNullable<NoteAsked['kind']>; text: string; actor?: string };
  const again = () => add.mutate({ kind: note.kind, text: note.text, at }, { onError: say.failed });
  return (
    <li className={styles.item}>
      <span className={styles.entry}>
        <span className={styles.note}>{note.text}</span>
        <Button
          variant="plain"
          tone="critical"
          loading={remove.isPending}
          accessibilityLabel={t('notes.removeOf', { at: format.instant(at) })}
          onClick={() =>
            remove.mutate(note.id, { onSuccess: () => say.done(t('notes.removed'), again), onError: say.failed })
          }
        >
          {t('notes.remove')}
        </Button>
      </span>
      <span className={styles.quiet}>
        {t(`notes.kinds.${note.kind}`)}
        {' · '}
        <time dateTime={new Date(at).toISOString()}>{format.instant(at)}</time>
      </span>
    </li>
  );
}
