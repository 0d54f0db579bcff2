CREATE TABLE `order_rereads` (
	`shop_id` integer NOT NULL,
	`order_platform_id` text NOT NULL,
	`since` integer NOT NULL,
	`attempts` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `order_platform_id`)
);
--> statement-breakpoint
CREATE TABLE `shop_syncs` (
	`shop_id` integer NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`due_at` integer,
	`operation_id` text,
	`asked_at` integer,
	`position` integer NOT NULL,
	`count` integer NOT NULL,
	`refused` integer NOT NULL,
	`total` integer,
	`attempts` integer NOT NULL,
	`error_code` text,
	`reason` text,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	PRIMARY KEY(`shop_id`, `kind`)
);
--> statement-breakpoint
CREATE INDEX `shop_syncs_due` ON `shop_syncs` (`due_at`);--> statement-breakpoint
ALTER TABLE `shops` ADD `access_expires_at` integer;--> statement-breakpoint
ALTER TABLE `shops` ADD `refresh_token` text;--> statement-breakpoint
ALTER TABLE `shops` ADD `refresh_expires_at` integer;--> statement-breakpoint
ALTER TABLE `shops` ADD `previous_refresh_token` text;--> statement-breakpoint
ALTER TABLE `shops` ADD `refresh_lease_until` integer;--> statement-breakpoint
ALTER TABLE `shops` ADD `access_refused_at` integer;