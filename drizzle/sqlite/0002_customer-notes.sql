CREATE TABLE `customer_notes` (
	`shop_id` integer NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`shop_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `customer_notes_customer` ON `customer_notes` (`shop_id`,`customer_id`,`at`);--> statement-breakpoint
ALTER TABLE `api_idempotency` ADD `customer_id` text;--> statement-breakpoint
CREATE INDEX `api_idempotency_customer` ON `api_idempotency` (`shop_id`,`customer_id`);--> statement-breakpoint
ALTER TABLE `customers` ADD `merged_at` integer;--> statement-breakpoint
CREATE INDEX `customers_merged` ON `customers` (`shop_id`,`merged_into`) WHERE "customers"."merged_into" is not null;