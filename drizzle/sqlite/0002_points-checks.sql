CREATE TABLE `points_checks` (
	`shop_id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`ok` integer NOT NULL,
	`transactions` integer NOT NULL,
	`postings` integer NOT NULL
);
