CREATE TABLE `archives` (
	`shop_id` integer NOT NULL,
	`id` text NOT NULL,
	`state` text NOT NULL,
	`held_by` text,
	`held_until` integer NOT NULL,
	`attempts` integer NOT NULL,
	`file_id` text,
	`done` integer NOT NULL,
	`total` integer NOT NULL,
	`bytes` integer,
	`pieces` integer,
	`reason` text,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	PRIMARY KEY(`shop_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `archives_open` ON `archives` (`held_until`) WHERE state = 'running';--> statement-breakpoint
CREATE INDEX `archives_started` ON `archives` (`started_at`);--> statement-breakpoint
CREATE TABLE `file_pieces` (
	`shop_id` integer NOT NULL,
	`file_id` text NOT NULL,
	`piece` integer NOT NULL,
	`content` blob NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `file_id`, `piece`)
);
--> statement-breakpoint
CREATE INDEX `file_pieces_created` ON `file_pieces` (`created_at`);--> statement-breakpoint
CREATE TABLE `import_runs` (
	`shop_id` integer NOT NULL,
	`id` text NOT NULL,
	`file` text NOT NULL,
	`format` text NOT NULL,
	`earns` integer NOT NULL,
	`dry_run` integer NOT NULL,
	`state` text NOT NULL,
	`held_by` text,
	`held_until` integer NOT NULL,
	`attempts` integer NOT NULL,
	`total_bytes` integer NOT NULL,
	`bytes` integer NOT NULL,
	`position` integer NOT NULL,
	`rows` integer NOT NULL,
	`orders` integer NOT NULL,
	`created` integer NOT NULL,
	`unchanged` integer NOT NULL,
	`refused` integer NOT NULL,
	`refusals` text NOT NULL,
	`error_code` text,
	`reason` text,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	PRIMARY KEY(`shop_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `import_runs_open` ON `import_runs` (`held_until`) WHERE state = 'running';--> statement-breakpoint
CREATE INDEX `import_runs_ended` ON `import_runs` (`finished_at`);--> statement-breakpoint
CREATE TABLE `job_runs` (
	`name` text NOT NULL,
	`at` integer NOT NULL,
	`ok` integer NOT NULL,
	`ms` integer NOT NULL,
	PRIMARY KEY(`name`, `at`)
);
--> statement-breakpoint
ALTER TABLE `shops` ADD `show_toman` integer;