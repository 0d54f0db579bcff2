CREATE TABLE `api_idempotency` (
	`shop_id` integer NOT NULL,
	`key` text NOT NULL,
	`input_hash` text NOT NULL,
	`status` integer NOT NULL,
	`answer` text NOT NULL,
	`customer_id` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `api_idempotency_created` ON `api_idempotency` (`created_at`);--> statement-breakpoint
CREATE INDEX `api_idempotency_customer` ON `api_idempotency` (`shop_id`,`customer_id`);--> statement-breakpoint
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
CREATE TABLE `carts` (
	`shop_id` integer NOT NULL,
	`token` text NOT NULL,
	`cart_token` text,
	`customer_id` text,
	`email` text,
	`phone` text,
	`lines` text NOT NULL,
	`currency` text NOT NULL,
	`total` integer NOT NULL,
	`recovery_url` text,
	`created_at` integer NOT NULL,
	`activity_at` integer NOT NULL,
	`completed_at` integer,
	`deleted_at` integer,
	`order_platform_id` text,
	`triggered_at` integer NOT NULL,
	`body_hash` text NOT NULL,
	PRIMARY KEY(`shop_id`, `token`)
);
--> statement-breakpoint
CREATE INDEX `carts_customer` ON `carts` (`shop_id`,`customer_id`);--> statement-breakpoint
CREATE INDEX `carts_activity` ON `carts` (`shop_id`,`activity_at`);--> statement-breakpoint
CREATE TABLE `woo_handovers` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`store_url` text NOT NULL,
	`locale` text NOT NULL,
	`state` text NOT NULL,
	`failures` integer NOT NULL,
	`outcome` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `woo_handovers_expires` ON `woo_handovers` (`expires_at`);--> statement-breakpoint
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
CREATE INDEX `coupons_code` ON `coupons` (`shop_id`,`code`);--> statement-breakpoint
CREATE TABLE `customer_consents` (
	`shop_id` integer NOT NULL,
	`customer_id` text NOT NULL,
	`channel` text NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	`source` text NOT NULL,
	`evidence` text,
	PRIMARY KEY(`shop_id`, `customer_id`, `channel`)
);
--> statement-breakpoint
CREATE TABLE `customer_identities` (
	`shop_id` integer NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`customer_id` text NOT NULL,
	PRIMARY KEY(`shop_id`, `kind`, `value`)
);
--> statement-breakpoint
CREATE INDEX `customer_identities_customer` ON `customer_identities` (`shop_id`,`customer_id`);--> statement-breakpoint
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
CREATE TABLE `customer_search` (
	`shop_id` integer NOT NULL,
	`term` text NOT NULL,
	`customer_id` text NOT NULL,
	PRIMARY KEY(`shop_id`, `term`, `customer_id`)
);
--> statement-breakpoint
CREATE INDEX `customer_search_customer` ON `customer_search` (`shop_id`,`customer_id`,`term`);--> statement-breakpoint
CREATE TABLE `customer_tags` (
	`shop_id` integer NOT NULL,
	`customer_id` text NOT NULL,
	`tag` text NOT NULL,
	`present` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `customer_id`, `tag`)
);
--> statement-breakpoint
CREATE TABLE `customers` (
	`shop_id` integer NOT NULL,
	`id` text NOT NULL,
	`platform_id` text,
	`email` text,
	`phone` text,
	`first_name` text,
	`last_name` text,
	`locale` text,
	`country` text,
	`note` text,
	`registered_at` integer,
	`updated_at` integer NOT NULL,
	`triggered_at` integer NOT NULL,
	`body_hash` text NOT NULL,
	`said_at` text,
	`created_at` integer NOT NULL,
	`deleted_at` integer,
	`erased_at` integer,
	`merged_into` text,
	`merged_at` integer,
	PRIMARY KEY(`shop_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `customers_merged` ON `customers` (`shop_id`,`merged_into`) WHERE "customers"."merged_into" is not null;--> statement-breakpoint
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
CREATE TABLE `inbox` (
	`shop_id` integer NOT NULL,
	`id` text NOT NULL,
	`delivery_id` text NOT NULL,
	`topic` text NOT NULL,
	`body` blob,
	`triggered_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` integer NOT NULL,
	`applied_at` integer,
	`error_code` text,
	`reason` text,
	`customer_id` text,
	PRIMARY KEY(`shop_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_delivery` ON `inbox` (`shop_id`,`delivery_id`);--> statement-breakpoint
CREATE INDEX `inbox_due` ON `inbox` (`shop_id`,`due_at`,`id`) WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX `inbox_parked` ON `inbox` (`shop_id`,`id`) WHERE state = 'parked';--> statement-breakpoint
CREATE INDEX `inbox_customer` ON `inbox` (`shop_id`,`customer_id`) WHERE body is not null and customer_id is not null;--> statement-breakpoint
CREATE INDEX `inbox_bodies` ON `inbox` (`applied_at`) WHERE body is not null;--> statement-breakpoint
CREATE TABLE `customer_stats` (
	`shop_id` integer NOT NULL,
	`customer_id` text NOT NULL,
	`place` integer NOT NULL,
	`orders` integer NOT NULL,
	`revenue` integer NOT NULL,
	`first_day` text,
	`last_day` text,
	`points` text NOT NULL,
	PRIMARY KEY(`shop_id`, `customer_id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `customer_stats_place` ON `customer_stats` (`shop_id`,`place`);--> statement-breakpoint
CREATE TABLE `insight_channels` (
	`shop_id` integer NOT NULL,
	`channel` integer NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`shop_id`, `channel`)
);
--> statement-breakpoint
CREATE TABLE `insight_chunks` (
	`shop_id` integer NOT NULL,
	`chunk` integer NOT NULL,
	`revision` integer NOT NULL,
	`columns` blob NOT NULL,
	PRIMARY KEY(`shop_id`, `chunk`)
);
--> statement-breakpoint
CREATE TABLE `insight_dirty` (
	`shop_id` integer NOT NULL,
	`customer_id` text NOT NULL,
	PRIMARY KEY(`shop_id`, `customer_id`)
);
--> statement-breakpoint
CREATE TABLE `insight_points` (
	`shop_id` integer NOT NULL,
	`day` text NOT NULL,
	`issued` integer NOT NULL,
	`redeemed` integer NOT NULL,
	`expired` integer NOT NULL,
	`adjusted` integer NOT NULL,
	`remaining` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `day`)
);
--> statement-breakpoint
CREATE TABLE `insight_versions` (
	`shop_id` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `shop_economics` (
	`shop_id` integer PRIMARY KEY NOT NULL,
	`gross_margin` integer,
	`acquisition_cost` integer,
	`point_cost` integer
);
--> statement-breakpoint
CREATE TABLE `order_facts` (
	`shop_id` integer NOT NULL,
	`order_platform_id` text NOT NULL,
	`kind` text NOT NULL,
	`fact_id` text NOT NULL,
	`at` integer NOT NULL,
	`in_full` integer NOT NULL,
	`as_fact` integer NOT NULL,
	`data` text,
	PRIMARY KEY(`shop_id`, `order_platform_id`, `kind`, `fact_id`)
);
--> statement-breakpoint
CREATE TABLE `order_lines` (
	`shop_id` integer NOT NULL,
	`order_id` text NOT NULL,
	`line` integer NOT NULL,
	`platform_id` text NOT NULL,
	`product_id` text,
	`variant_id` text,
	`sku` text,
	`title` text NOT NULL,
	`vendor` text,
	`quantity` integer NOT NULL,
	`unit_price` integer NOT NULL,
	`discount` integer NOT NULL,
	`tax_included` integer NOT NULL,
	`gift_card` integer NOT NULL,
	`refunded_quantity` integer NOT NULL,
	`refunded_amount` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `order_id`, `line`)
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`shop_id` integer NOT NULL,
	`id` text NOT NULL,
	`platform_id` text NOT NULL,
	`number` text NOT NULL,
	`customer_id` text,
	`placed_at` integer NOT NULL,
	`placed_day` text NOT NULL,
	`paid_at` integer,
	`cancelled_at` integer,
	`deleted` integer NOT NULL,
	`financial` text NOT NULL,
	`counts` integer NOT NULL,
	`test` integer NOT NULL,
	`currency` text NOT NULL,
	`total` integer NOT NULL,
	`refunded` integer NOT NULL,
	`plain_refunds` text NOT NULL,
	`shipping` integer NOT NULL,
	`tax` integer NOT NULL,
	`discount` integer NOT NULL,
	`credit_paid` integer NOT NULL,
	`net` integer NOT NULL,
	`source` text NOT NULL,
	`checkout_token` text,
	`discount_codes` text NOT NULL,
	`fulfilled_at` integer,
	`delivered_at` integer,
	`earns` integer NOT NULL,
	`import_id` text,
	`reread_since` integer,
	`updated_at` integer NOT NULL,
	`triggered_at` integer NOT NULL,
	`progress` text NOT NULL,
	`body_hash` text NOT NULL,
	PRIMARY KEY(`shop_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `orders_platform` ON `orders` (`shop_id`,`platform_id`);--> statement-breakpoint
CREATE INDEX `orders_number` ON `orders` (`shop_id`,`number`);--> statement-breakpoint
CREATE INDEX `orders_customer` ON `orders` (`shop_id`,`customer_id`,`placed_at`);--> statement-breakpoint
CREATE TABLE `points_accounts` (
	`shop_id` integer NOT NULL,
	`customer_id` text NOT NULL,
	`pending` integer NOT NULL,
	`available` integer NOT NULL,
	`reserved` integer NOT NULL,
	`lifetime_earned` integer NOT NULL,
	`spends` integer NOT NULL,
	`due_at` integer,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`shop_id`, `customer_id`)
);
--> statement-breakpoint
CREATE INDEX `points_accounts_due` ON `points_accounts` (`shop_id`,`due_at`);--> statement-breakpoint
CREATE TABLE `points_checks` (
	`shop_id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`ok` integer NOT NULL,
	`transactions` integer NOT NULL,
	`postings` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `points_lots` (
	`shop_id` integer NOT NULL,
	`source` text NOT NULL,
	`rule` text NOT NULL,
	`customer_id` text NOT NULL,
	`granted` integer NOT NULL,
	`pending` integer NOT NULL,
	`available` integer NOT NULL,
	`reserved` integer NOT NULL,
	`redeemed` integer NOT NULL,
	`removed` integer NOT NULL,
	`expired` integer NOT NULL,
	`available_at` integer NOT NULL,
	`expires_at` integer,
	`term_ends_at` integer,
	PRIMARY KEY(`shop_id`, `source`, `rule`)
);
--> statement-breakpoint
CREATE INDEX `points_lots_customer` ON `points_lots` (`shop_id`,`customer_id`);--> statement-breakpoint
CREATE TABLE `points_postings` (
	`shop_id` integer NOT NULL,
	`customer_id` text NOT NULL,
	`seq` integer NOT NULL,
	`line` integer NOT NULL,
	`account` text NOT NULL,
	`lot` text,
	`amount` integer NOT NULL,
	`available_at` integer,
	`expires_at` integer,
	`term_ends_at` integer,
	PRIMARY KEY(`shop_id`, `customer_id`, `seq`, `line`)
);
--> statement-breakpoint
CREATE TABLE `points_spends` (
	`shop_id` integer NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`kind` text NOT NULL,
	`amount` integer NOT NULL,
	`reserved_at` integer NOT NULL,
	`state` text NOT NULL,
	`settled_at` integer,
	PRIMARY KEY(`shop_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `points_spends_customer` ON `points_spends` (`shop_id`,`customer_id`);--> statement-breakpoint
CREATE TABLE `points_transactions` (
	`shop_id` integer NOT NULL,
	`customer_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`idempotency_key` text NOT NULL,
	`input_hash` text NOT NULL,
	`order_id` text,
	`rule_version` integer,
	`reference` text,
	`effective_at` integer NOT NULL,
	`posted_at` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`shop_id`, `customer_id`, `seq`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `points_transactions_key` ON `points_transactions` (`shop_id`,`idempotency_key`);--> statement-breakpoint
CREATE TABLE `program_versions` (
	`shop_id` integer NOT NULL,
	`version` integer NOT NULL,
	`effective_from` integer NOT NULL,
	`created_at` integer NOT NULL,
	`actor` text NOT NULL,
	`rules` text NOT NULL,
	PRIMARY KEY(`shop_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `exports` (
	`shop_id` integer NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`request_id` text,
	`customer_id` text,
	`created_at` integer NOT NULL,
	`json` blob,
	`csv` blob,
	PRIMARY KEY(`shop_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `products` (
	`shop_id` integer NOT NULL,
	`platform_id` text NOT NULL,
	`title` text NOT NULL,
	`type` text,
	`vendor` text,
	`tags` text NOT NULL,
	`collections` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`triggered_at` integer NOT NULL,
	`body_hash` text NOT NULL,
	`deleted_at` integer,
	PRIMARY KEY(`shop_id`, `platform_id`)
);
--> statement-breakpoint
CREATE TABLE `audit_log` (
	`shop_id` integer NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`target` text,
	`reason` text,
	`before` text,
	`after` text,
	PRIMARY KEY(`shop_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `audit_log_target` ON `audit_log` (`shop_id`,`target`);--> statement-breakpoint
CREATE TABLE `imports` (
	`shop_id` integer NOT NULL,
	`id` text NOT NULL,
	`file` text NOT NULL,
	`format` text NOT NULL,
	`earns` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `shop_zones` (
	`shop_id` integer NOT NULL,
	`from_at` integer NOT NULL,
	`time_zone` text NOT NULL,
	PRIMARY KEY(`shop_id`, `from_at`)
);
--> statement-breakpoint
CREATE TABLE `shops` (
	`id` integer PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`domain` text NOT NULL,
	`state` text NOT NULL,
	`name` text,
	`currency` text NOT NULL,
	`time_zone` text NOT NULL,
	`locale` text NOT NULL,
	`calendar` text NOT NULL,
	`country` text,
	`show_toman` integer,
	`store_url` text,
	`store_currency` text,
	`webhooks_stopped_at` integer,
	`program_start` integer NOT NULL,
	`scopes` text,
	`webhook_secret` text,
	`access_token` text,
	`access_expires_at` integer,
	`refresh_token` text,
	`refresh_expires_at` integer,
	`previous_refresh_token` text,
	`refresh_lease_until` integer,
	`access_refused_at` integer,
	`profile_updated_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`installed_at` integer,
	`uninstalled_at` integer,
	`erased_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shops_domain` ON `shops` (`platform`,`domain`);--> statement-breakpoint
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
	`cursor` text,
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
CREATE TABLE `job_runs` (
	`name` text NOT NULL,
	`at` integer NOT NULL,
	`ok` integer NOT NULL,
	`ms` integer NOT NULL,
	PRIMARY KEY(`name`, `at`)
);
--> statement-breakpoint
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
CREATE INDEX `customer_tiers_tier` ON `customer_tiers` (`shop_id`,`tier`,`customer_id`);--> statement-breakpoint
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
