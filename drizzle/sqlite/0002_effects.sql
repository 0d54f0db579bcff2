CREATE TABLE `effects` (
	`shop_id` integer NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`subject` text,
	`place` integer NOT NULL,
	`is_state` integer NOT NULL,
	`payload` text,
	`customer_id` text,
	`owner_kind` text,
	`owner_id` text,
	`state` text NOT NULL,
	`happened` text NOT NULL,
	`attempts` integer NOT NULL,
	`not_before` integer NOT NULL,
	`due_at` integer,
	`fence` text,
	`waits` text,
	`unwanted` text,
	`answer` text,
	`error_code` text,
	`reason` text,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	PRIMARY KEY(`shop_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `effects_key` ON `effects` (`shop_id`,`key`);--> statement-breakpoint
CREATE INDEX `effects_due` ON `effects` (`shop_id`,`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `effects_due_shops` ON `effects` (`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `effects_subject` ON `effects` (`shop_id`,`subject`,`place`) WHERE subject is not null;--> statement-breakpoint
CREATE INDEX `effects_state` ON `effects` (`shop_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `effects_open` ON `effects` (`state`) WHERE state in ('queued', 'doing', 'failed', 'doubtful');--> statement-breakpoint
CREATE INDEX `effects_waits` ON `effects` (`shop_id`,`waits`) WHERE waits is not null;--> statement-breakpoint
CREATE INDEX `effects_customer` ON `effects` (`shop_id`,`customer_id`) WHERE customer_id is not null;--> statement-breakpoint
CREATE INDEX `effects_owner` ON `effects` (`shop_id`,`owner_kind`,`owner_id`) WHERE owner_id is not null;--> statement-breakpoint
CREATE INDEX `effects_ended` ON `effects` (`finished_at`) WHERE subject is not null;