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
CREATE TABLE `coupons` (
	`shop_id` integer NOT NULL,
	`platform_id` text NOT NULL,
	`code` text NOT NULL,
	`state` text NOT NULL,
	`usage_count` integer NOT NULL,
	`usage_limit` integer,
	`expires_at` integer,
	`ours` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`triggered_at` integer NOT NULL,
	`body_hash` text NOT NULL,
	`deleted_at` integer,
	PRIMARY KEY(`shop_id`, `platform_id`)
);
--> statement-breakpoint
CREATE INDEX `coupons_code` ON `coupons` (`shop_id`,`code`);--> statement-breakpoint
ALTER TABLE `shops` ADD `store_currency` text;--> statement-breakpoint
ALTER TABLE `shop_syncs` ADD `cursor` text;