// What exports read of the whole database, as its repository documents it.
export { countOf, databaseFacts } from './backup.repository.ts';
