import { Text } from '@shopify/polaris';
import { useId, useState } from 'react';
import styles from './file-field.module.css';

type Props = {
  label: string;
  /** What the button says, in the place of the browser's own words. */
  choose: string;
  help: string;
  error?: string | undefined;
  accept: string;
  onChoose: (file: File | null) => void;
};

/** Chooses a file, by a click or by dropping it here. */
export function FileField({ label, choose, help, error, accept, onChoose }: Props) {
  const id = useId();
  const [name, setName] = useState<string | null>(null);
  const take = (file: File | null): void => {
    setName(file?.name ?? null);
    onChoose(file);
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is only a second way to what the field does */}
      <div
        className={styles.place}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          take(event.dataTransfer.files[0] ?? null);
        }}
      >
        <input
          id={id}
          className={styles.input}
          type="file"
          accept={accept}
          aria-describedby={`${id}-help`}
          aria-invalid={error !== undefined}
          onChange={({ target }) => take(target.files?.[0] ?? null)}
        />
        <label htmlFor={id} className={styles.button} aria-hidden="true">
          {choose}
        </label>
        {name !== null && <bdi className={styles.name}>{name}</bdi>}
      </div>
      <div id={`${id}-help`}>
        <Text as="p" tone={error === undefined ? 'subdued' : 'critical'}>
          {error ?? help}
        </Text>
      </div>
    </div>
  );
}
