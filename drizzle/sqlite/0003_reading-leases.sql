ALTER TABLE `shop_syncs` ADD `held_by` text;--> statement-breakpoint
ALTER TABLE `shop_syncs` ADD `held_until` integer;