import { Button, InlineStack } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type CsvCell, csvOf, download } from './csv.ts';
import styles from './table.module.css';

export type Column<Row> = {
  key: string;
  title: string;
  /** What is shown. */
  cell: (row: Row) => ReactNode;
  /** What a file holds: raw numbers, in full precision. Left out: not in the file. */
  csv?: (row: Row) => CsvCell;
  numeric?: boolean;
};

type Props<Row> = {
  /** Names the table for screen readers; not shown. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** The file's name without its ending; left out: no file. */
  file?: string;
};

/** A table of figures with its file. It scrolls by itself where it is wider than the page. */
export function FigureTable<Row>({ caption, columns, rows, keyOf, file }: Props<Row>) {
  const { t } = useTranslation();
  const save = (): void => {
    const kept = columns.flatMap((column) => (column.csv ? [{ ...column, csv: column.csv }] : []));
    const lines = rows.map((row) => kept.map(({ csv }) => csv(row)));
    download(`${file}.csv`, csvOf([kept.map(({ title }) => title), ...lines]));
  };
  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={caption}>
        <table className={styles.table}>
          <caption className={styles.caption}>{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ key, title, numeric }) => (
                <th key={key} scope="col" className={numeric ? styles.numeric : undefined}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map(({ key, cell, numeric }, index) =>
                  index === 0 ? (
                    <th key={key} scope="row">
                      {cell(row)}
                    </th>
                  ) : (
                    <td key={key} className={numeric ? styles.numeric : undefined}>
                      {cell(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {file !== undefined && rows.length > 0 && (
        <InlineStack align="end">
          <Button variant="tertiary" onClick={save}>
            {t('actions.downloadCsv')}
          </Button>
        </InlineStack>
      )}
    </div>
  );
}
