CREATE TABLE `woo_handovers` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`store_url` text NOT NULL,
	`locale` text NOT NULL,
	`state` text NOT NULL,
	`failures` integer NOT NULL,
	`outcome` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `woo_handovers_expires` ON `woo_handovers` (`expires_at`);--> statement-breakpoint
ALTER TABLE `shops` ADD `store_currency` text;--> statement-breakpoint
ALTER TABLE `shop_syncs` ADD `cursor` text;