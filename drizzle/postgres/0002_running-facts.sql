ALTER TABLE "points_accounts" ADD COLUMN "spent_at" bigint;--> statement-breakpoint
ALTER TABLE "points_accounts" ADD COLUMN "reached_at" bigint;