// What other features may read of customers, and how people are found: each as its repository documents it.
export { findRow, listConsents, rowsMergedInto } from './customers.repository.ts';
export { newestBefore, rowsOfCustomers, termsInRange, termsOfCustomers } from './search.repository.ts';
