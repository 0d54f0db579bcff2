CREATE TABLE "effects" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"subject" text,
	"place" bigint NOT NULL,
	"is_state" boolean NOT NULL,
	"payload" json,
	"customer_id" text,
	"owner_kind" text,
	"owner_id" text,
	"state" text NOT NULL,
	"happened" text NOT NULL,
	"attempts" bigint NOT NULL,
	"not_before" bigint NOT NULL,
	"due_at" bigint,
	"fence" text,
	"waits" text,
	"unwanted" json,
	"answer" json,
	"error_code" text,
	"reason" text,
	"created_at" bigint NOT NULL,
	"finished_at" bigint,
	CONSTRAINT "effects_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "effects_key" ON "effects" USING btree ("shop_id","key");--> statement-breakpoint
CREATE INDEX "effects_due" ON "effects" USING btree ("shop_id","due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "effects_due_shops" ON "effects" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "effects_subject" ON "effects" USING btree ("shop_id","subject","place") WHERE subject is not null;--> statement-breakpoint
CREATE INDEX "effects_state" ON "effects" USING btree ("shop_id","state","id");--> statement-breakpoint
CREATE INDEX "effects_open" ON "effects" USING btree ("state") WHERE state in ('queued', 'doing', 'failed', 'doubtful');--> statement-breakpoint
CREATE INDEX "effects_waits" ON "effects" USING btree ("shop_id","waits") WHERE waits is not null;--> statement-breakpoint
CREATE INDEX "effects_customer" ON "effects" USING btree ("shop_id","customer_id") WHERE customer_id is not null;--> statement-breakpoint
CREATE INDEX "effects_owner" ON "effects" USING btree ("shop_id","owner_kind","owner_id") WHERE owner_id is not null;--> statement-breakpoint
CREATE INDEX "effects_ended" ON "effects" USING btree ("finished_at") WHERE subject is not null;