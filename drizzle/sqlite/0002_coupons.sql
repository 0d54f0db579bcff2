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
CREATE INDEX `coupons_code` ON `coupons` (`shop_id`,`code`);