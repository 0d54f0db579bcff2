ALTER TABLE `points_accounts` ADD `spent_at` integer;--> statement-breakpoint
ALTER TABLE `points_accounts` ADD `reached_at` integer;