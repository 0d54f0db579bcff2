import { type ReactNode, useId } from 'react';
import { Link } from 'react-router';
import { heatStyle, stepOf } from './heat.ts';
import styles from './heatmap.module.css';

/** One cell. `value`: what its colour goes by; null: there is nothing to show. `open`: its time is not over yet. */
export type Cell = {
  value: number | null;
  text: ReactNode;
  /** Who stands behind it. */
  url?: string | undefined;
  /** What the cell says, in full, for screen readers. */
  label: string;
  open?: boolean;
};
export type HeatRow = { key: string; title: ReactNode; cells: readonly Cell[] };

type Props = {
  caption: string;
  /** What the row headings are. */
  corner: string;
  columns: readonly { key: string; title: string }[];
  rows: readonly HeatRow[];
  /** The value of the strongest colour; the greatest of all when left out. */
  greatest?: number;
  /** Said below the table about cells whose time is not over. */
  openNote?: string;
};

function HeatCell({ cell, greatest }: { cell: Cell; greatest: number }) {
  const { value, text, url, label, open } = cell;
  if (value === null) return <td className={styles.empty} />;
  return (
    <td className={open ? styles.open : styles.cell} style={heatStyle(stepOf(value, greatest))}>
      {url === undefined ? (
        <span className={styles.text}>{text}</span>
      ) : (
        <Link to={url} className={styles.link ?? ''} aria-label={label}>
          {text}
        </Link>
      )}
    </td>
  );
}

/**
 * A table whose cells are shaded by their values; it stays a table, with headings that screen readers read out. Columns run
 * in the direction of reading, and the row headings stay in sight while it scrolls.
 */
export function Heatmap({ caption, corner, columns, rows, greatest, openNote }: Props) {
  const note = useId();
  const values = rows.flatMap(({ cells }) => cells.flatMap(({ value }) => (value === null ? [] : [value])));
  const top = greatest ?? Math.max(0, ...values);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={caption}>
        <table className={styles.table} {...(openNote === undefined ? {} : { 'aria-describedby': note })}>
          <caption className={styles.caption}>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{corner}</th>
              {columns.map(({ key, title }) => (
                <th key={key} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, title, cells }) => (
              <tr key={key}>
                <th scope="row">{title}</th>
                {columns.map((column, at) => (
                  <HeatCell key={column.key} cell={cells[at] ?? { value: null, text: '', label: '' }} greatest={top} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {openNote !== undefined && (
        <p id={note} className={styles.note}>
          {openNote}
        </p>
      )}
    </>
  );
}
