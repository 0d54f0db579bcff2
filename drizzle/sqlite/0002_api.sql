CREATE TABLE `api_idempotency` (
	`shop_id` integer NOT NULL,
	`key` text NOT NULL,
	`input_hash` text NOT NULL,
	`status` integer NOT NULL,
	`answer` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `api_idempotency_created` ON `api_idempotency` (`created_at`);--> statement-breakpoint
CREATE TABLE `api_keys` (
	`shop_id` integer NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`scope` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	`revoked_at` integer,
	PRIMARY KEY(`shop_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `customer_search` (
	`shop_id` integer NOT NULL,
	`term` text NOT NULL,
	`customer_id` text NOT NULL,
	PRIMARY KEY(`shop_id`, `term`, `customer_id`)
);
--> statement-breakpoint
CREATE INDEX `customer_search_customer` ON `customer_search` (`shop_id`,`customer_id`,`term`);--> statement-breakpoint
CREATE INDEX `customer_tiers_tier` ON `customer_tiers` (`shop_id`,`tier`,`customer_id`);