CREATE TABLE "archives" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"state" text NOT NULL,
	"held_by" text,
	"held_until" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"file_id" text,
	"done" bigint NOT NULL,
	"total" bigint NOT NULL,
	"bytes" bigint,
	"pieces" bigint,
	"reason" text,
	"started_at" bigint NOT NULL,
	"finished_at" bigint,
	CONSTRAINT "archives_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "file_pieces" (
	"shop_id" bigint NOT NULL,
	"file_id" text NOT NULL,
	"piece" bigint NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "file_pieces_shop_id_file_id_piece_pk" PRIMARY KEY("shop_id","file_id","piece")
);
--> statement-breakpoint
CREATE TABLE "import_runs" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"file" text NOT NULL,
	"format" text NOT NULL,
	"earns" boolean NOT NULL,
	"dry_run" boolean NOT NULL,
	"state" text NOT NULL,
	"held_by" text,
	"held_until" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"total_bytes" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"position" bigint NOT NULL,
	"rows" bigint NOT NULL,
	"orders" bigint NOT NULL,
	"created" bigint NOT NULL,
	"unchanged" bigint NOT NULL,
	"refused" bigint NOT NULL,
	"refusals" json NOT NULL,
	"error_code" text,
	"reason" text,
	"started_at" bigint NOT NULL,
	"finished_at" bigint,
	CONSTRAINT "import_runs_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"name" text NOT NULL,
	"at" bigint NOT NULL,
	"ok" boolean NOT NULL,
	"ms" bigint NOT NULL,
	CONSTRAINT "job_runs_name_at_pk" PRIMARY KEY("name","at")
);
--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "show_toman" boolean;--> statement-breakpoint
CREATE INDEX "archives_open" ON "archives" USING btree ("held_until") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "archives_started" ON "archives" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "file_pieces_created" ON "file_pieces" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "import_runs_open" ON "import_runs" USING btree ("held_until") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "import_runs_ended" ON "import_runs" USING btree ("finished_at");