-- The ledger is append-only: a mistake is reversed, never edited.
CREATE TRIGGER `points_transactions_no_update` BEFORE UPDATE ON `points_transactions` BEGIN SELECT RAISE(ABORT, 'points_transactions is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `points_transactions_no_delete` BEFORE DELETE ON `points_transactions` BEGIN SELECT RAISE(ABORT, 'points_transactions is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `points_postings_no_update` BEFORE UPDATE ON `points_postings` BEGIN SELECT RAISE(ABORT, 'points_postings is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `points_postings_no_delete` BEFORE DELETE ON `points_postings` BEGIN SELECT RAISE(ABORT, 'points_postings is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `program_versions_no_update` BEFORE UPDATE ON `program_versions` BEGIN SELECT RAISE(ABORT, 'program_versions is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `program_versions_no_delete` BEFORE DELETE ON `program_versions` BEGIN SELECT RAISE(ABORT, 'program_versions is append-only'); END;
