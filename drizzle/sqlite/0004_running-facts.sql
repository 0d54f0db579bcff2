CREATE TABLE `points_running` (
	`shop_id` integer NOT NULL,
	`customer_id` text NOT NULL,
	`placed_at` integer NOT NULL,
	`platform_id` text NOT NULL,
	`terms` text NOT NULL,
	`used` text NOT NULL,
	PRIMARY KEY(`shop_id`, `customer_id`)
);
--> statement-breakpoint
CREATE TABLE `tier_sums` (
	`shop_id` integer NOT NULL,
	`customer_id` text NOT NULL,
	`placed_at` integer NOT NULL,
	`platform_id` text NOT NULL,
	`terms` text NOT NULL,
	`version` integer NOT NULL,
	`sums` text NOT NULL,
	PRIMARY KEY(`shop_id`, `customer_id`)
);
--> statement-breakpoint
ALTER TABLE `insight_dirty` ADD `noted_at` integer;--> statement-breakpoint
ALTER TABLE `points_accounts` ADD `spent_at` integer;--> statement-breakpoint
ALTER TABLE `points_accounts` ADD `reached_at` integer;