// peers.mjs dispatch|enqueue graphile|pgboss SOCKET: prints jobs per second.
//
// graphile-worker runs with the fastest settings of its own documentation of performance (and of its
// repository's test of it); pg-boss fetches and completes batches, of the size that was fastest here. Both have a
// database of their own beside ours, and the server's defaults: each commit waits for the disk, as ours.
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const pg = require("pg");

const [what, peer, socket] = process.argv.slice(2);
const JOBS = 200000, IN_FLIGHT = 10, SECONDS = 5, FETCH = 1000;
const base = { host: socket, user: "postgres" };
const connection = `postgres://postgres@/peers?host=${encodeURIComponent(socket)}`;

async function fresh() {
	const admin = new pg.Client({ ...base, database: "postgres" });
	await admin.connect();
	await admin.query("DROP DATABASE IF EXISTS peers WITH (FORCE)");
	await admin.query("CREATE DATABASE peers");
	await admin.end();
}

// `add` again and again with so many in flight.
async function enqueue(add) {
	const until = performance.now() + SECONDS * 1000;
	const began = performance.now();
	let done = 0;
	await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
		while (performance.now() < until) {
			await add(done);
			done++;
		}
	}));
	return done / ((performance.now() - began) / 1000);
}

const graphile = {
	async enqueue() {
		const { makeWorkerUtils } = require("graphile-worker");
		const pgPool = new pg.Pool({ ...base, database: "peers", max: IN_FLIGHT });
		const utils = await makeWorkerUtils({ pgPool });
		await utils.migrate();
		const rate = await enqueue((n) => utils.addJob("remind", { message: n, text: "your visit is tomorrow" }));
		await utils.release();
		await pgPool.end();
		return rate;
	},
	async dispatch() {
		const { makeWorkerUtils, run } = require("graphile-worker");
		const utils = await makeWorkerUtils({ connectionString: connection });
		await utils.migrate();
		await utils.withPgClient((client) => client.query(
			"SELECT graphile_worker.add_jobs(array(SELECT json_populate_record(NULL::graphile_worker.job_spec, "
			+ "json_build_object('identifier', 'remind', 'payload', json_build_object('message', n))) "
			+ `FROM generate_series(1, ${JOBS}) n))`));
		await utils.release();
		let done = 0, over;
		const all = new Promise((resolve) => { over = resolve; });
		const began = performance.now();
		const runner = await run({
			connectionString: connection, noHandleSignals: true,
			logger: new (require("graphile-worker").Logger)(() => () => {}),
			taskList: { remind: () => { if (++done === JOBS) over(); } },
			preset: { worker: { concurrentJobs: 24, maxPoolSize: 25, localQueue: { size: 500 },
				completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
		});
		await all;
		const rate = JOBS / ((performance.now() - began) / 1000);
		await runner.stop();
		return rate;
	},
};

const pgboss = {
	async open() {
		const { PgBoss } = await import("pg-boss");
		const boss = new PgBoss({ connectionString: connection, max: IN_FLIGHT });
		boss.on("error", (error) => { throw error; });
		await boss.start();
		await boss.createQueue("remind");
		return boss;
	},
	async enqueue() {
		const boss = await pgboss.open();
		const rate = await enqueue((n) => boss.send("remind", { message: n, text: "your visit is tomorrow" }));
		await boss.stop({ graceful: false });
		return rate;
	},
	async dispatch() {
		const boss = await pgboss.open();
		for (let n = 0; n < JOBS; n += 10000)
			await boss.insert("remind", Array.from({ length: 10000 }, (_, i) => ({ data: { message: n + i } })));
		let done = 0;
		const began = performance.now();
		await Promise.all(Array.from({ length: 4 }, async () => {
			for (;;) {
				const jobs = await boss.fetch("remind", { batchSize: FETCH });
				if (jobs.length === 0)
					return;
				await boss.complete("remind", jobs.map((job) => job.id));
				done += jobs.length;
			}
		}));
		const rate = done / ((performance.now() - began) / 1000);
		await boss.stop({ graceful: false });
		if (done !== JOBS)
			throw new Error(`${done} of ${JOBS} jobs`);
		return rate;
	},
};

await fresh();
console.log(Math.round(await { graphile, pgboss }[peer][what]()));
process.exit(0);
