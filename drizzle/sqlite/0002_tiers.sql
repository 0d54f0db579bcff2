CREATE TABLE `customer_tiers` (
	`shop_id` integer NOT NULL,
	`customer_id` text NOT NULL,
	`tier` text,
	`since` integer NOT NULL,
	`reached_at` integer,
	`kept_until` integer,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `customer_id`)
);
--> statement-breakpoint
CREATE INDEX `customer_tiers_kept` ON `customer_tiers` (`shop_id`,`kept_until`);--> statement-breakpoint
CREATE TABLE `tier_moves` (
	`shop_id` integer NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`from_tier` text,
	`to_tier` text,
	`reason` text NOT NULL,
	`figures` text NOT NULL,
	`at` integer NOT NULL,
	`program_version` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`shop_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `tier_moves_customer` ON `tier_moves` (`shop_id`,`customer_id`);--> statement-breakpoint
CREATE TABLE `tier_pins` (
	`shop_id` integer NOT NULL,
	`order_id` text NOT NULL,
	`tier` text,
	PRIMARY KEY(`shop_id`, `order_id`)
);
