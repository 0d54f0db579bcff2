import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NoteAsked, useAddNote } from '../../../api/customer.ts';
import { Button, InlineStack, Select, TextField } from '../../../ui/index.ts';
import styles from './parts.module.css';
import { useSay } from './use-say.ts';

const KINDS = ['note', 'call', 'meeting'] as const;
const MOST = 2_000;
type Kind = NonNullable<NoteAsked['kind']>;

/** Writes a note, a call or a meeting into the timeline. */
export function NoteForm({ id }: { id: string }) {
  const { t } = useTranslation('customer');
  const [kind, setKind] = useState<Kind>('note');
  const [text, setText] = useState('');
  const add = useAddNote(id);
  const say = useSay();
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const written = text.trim();
    if (written === '' || add.isPending) return;
    add.mutate(
      { kind, text: written },
      {
        onSuccess: () => {
          setText('');
          say.done(t('notes.added'));
        },
        onError: say.failed,
      },
    );
  };
  return (
    <form onSubmit={save} className={styles.form}>
      <TextField
        label={t('notes.label')}
        value={text}
        onChange={setText}
        placeholder={t('notes.placeholder')}
        multiline={2}
        maxHeight="12rem"
        maxLength={MOST}
        autoComplete="off"
      />
      <InlineStack gap="200" align="end" blockAlign="center">
        <Select
          label={t('notes.kind')}
          labelInline
          options={KINDS.map((value) => ({ value, label: t(`notes.kinds.${value}`) }))}
          value={kind}
          onChange={(next) => setKind(next as Kind)}
        />
        <Button submit loading={add.isPending} disabled={text.trim() === ''}>
          {t('notes.add')}
        </Button>
      </InlineStack>
    </form>
  );
}
