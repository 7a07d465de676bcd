/*
 * Looks at a page as its readers will: node page.js BROWSER AXE PAGE [FOLDER]
 *
 * Opens the file in light, dark, on paper and on a phone (360 pixels), and prints a line
 * for each thing that is wrong, after the name of that look: what axe-core finds, requests
 * that leave the page, complaints of the browser, text that is cut or written over other
 * text, a page that scrolls sideways, tables that do not sort.  Screenshots go into FOLDER.
 * Speaks the browser's DevTools protocol through a pipe: needs no package but axe-core.
 */
'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');
const os = require('os');

const [browser, axeFile, page, folder] = process.argv.slice(2);
const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'crm-page-'));
const child = spawn(browser, ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run',
	`--user-data-dir=${profile}`, '--remote-debugging-pipe'],
	{ stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
const waiting = new Map();
const listeners = [];
let last = 0;
let rest = '';

child.stdio[4].on('data', data => {
	rest += data;
	const parts = rest.split('\0');
	rest = parts.pop();
	for (const message of parts.map(JSON.parse)) {
		if (message.id) {
			const done = waiting.get(message.id);
			waiting.delete(message.id);
			done(message);
		} else
			listeners.forEach(f => f(message));
	}
});

function send(method, params, sessionId) {
	return new Promise((resolve, reject) => {
		const id = ++last;
		waiting.set(id, m => m.error ? reject(new Error(`${method}: ${m.error.message}`))
			: resolve(m.result));
		child.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0');
	});
}

function event(method) {
	return new Promise(resolve => {
		const f = m => {
			if (m.method === method) {
				listeners.splice(listeners.indexOf(f), 1);
				resolve(m.params);
			}
		};
		listeners.push(f);
	});
}

/* Runs in the page: text that is cut or lies over other text, and what scrolls sideways. */
function layout() {
	const wrong = [];
	const shown = e => e.getClientRects().length > 0;
	if (document.documentElement.scrollWidth > innerWidth)
		wrong.push(`scrolls sideways: ${document.documentElement.scrollWidth} > ${innerWidth}`);
	for (const e of document.querySelectorAll('body *')) {
		const style = getComputedStyle(e);
		if (e instanceof HTMLElement && e.tagName !== 'CAPTION' && shown(e) &&
		    style.overflowX === 'hidden' && e.scrollWidth > e.clientWidth + 1)
			wrong.push(`cut: <${e.tagName}> ${e.textContent.slice(0, 40)}`);
	}
	for (const svg of document.querySelectorAll('svg')) {
		if (!shown(svg))
			continue;
		const frame = svg.getBoundingClientRect();
		const boxes = [...svg.querySelectorAll('text')].map(t => [t, t.getBoundingClientRect()]);
		boxes.forEach(([t, a], i) => {
			const words = t.lastChild.textContent;
			if (a.left < frame.left - 1 || a.right > frame.right + 1 ||
			    a.top < frame.top - 1 || a.bottom > frame.bottom + 1)
				wrong.push(`outside its picture: ${words}`);
			for (const [other, b] of boxes.slice(i + 1))
				if (a.left < b.right - 1 && b.left < a.right - 1 &&
				    a.top < b.bottom - 4 && b.top < a.bottom - 4)
					wrong.push(`"${words}" is written over "${other.lastChild.textContent}"`);
		});
	}
	return wrong;
}

/* Runs in the page: one click sorts upwards, the next one downwards; empty cells stay last. */
function sorts() {
	const wrong = [];
	for (const table of document.querySelectorAll('table'))
		[...table.tHead.rows[0].cells].forEach((head, i) => {
			const button = head.querySelector('button');
			const values = () => [...table.tBodies[0].rows]
				.map(r => r.cells[i].dataset.v ?? r.cells[i].textContent);
			const before = values();
			for (const up of [true, false]) {
				button.click();
				const now = values().filter(v => v !== '');
				const sorted = now.every((v, k) => !k || isNaN(v) || isNaN(now[k - 1]) ||
					(up ? now[k - 1] - v <= 0 : now[k - 1] - v >= 0));
				const tail = values().slice(now.length).every(v => v === '');
				if (!sorted || !tail || head.ariaSort !== (up ? 'ascending' : 'descending') ||
				    values().sort().join('\n') !== before.sort().join('\n'))
					wrong.push(`column ${head.textContent} does not sort`);
			}
		});
	return wrong;
}

const looks = {
	light: { width: 1280, media: '', scheme: 'light' },
	dark: { width: 1280, media: '', scheme: 'dark' },
	paper: { width: 700, media: 'print', scheme: 'dark' },
	phone: { width: 360, media: '', scheme: 'light' },
};

async function look(name, session, wrong) {
	const { width, media, scheme } = looks[name];
	const call = async (f, ...args) => {
		const expression = `(${f})(...${JSON.stringify(args)})`;
		const got = await send('Runtime.evaluate',
			{ expression, awaitPromise: true, returnByValue: true }, session);
		if (got.exceptionDetails)
			throw new Error(got.exceptionDetails.exception.description);
		return got.result.value;
	};
	await send('Emulation.setDeviceMetricsOverride',
		{ width, height: 900, deviceScaleFactor: 1, mobile: false }, session);
	await send('Emulation.setEmulatedMedia',
		{ media, features: [{ name: 'prefers-color-scheme', value: scheme }] }, session);
	const found = await call(async () => (await axe.run({ resultTypes: ['violations'] })).violations
		.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary.split('\n')[1]}`)));
	for (const line of [...found, ...await call(layout)])
		wrong.push(`${name}: ${line}`);
	if (!folder)
		return;
	const { data } = await send('Page.captureScreenshot', { captureBeyondViewport: true,
		clip: { x: 0, y: 0, width, scale: 1,
			height: await call(() => document.documentElement.scrollHeight) } }, session);
	fs.writeFileSync(path.join(folder, `${name}.png`), Buffer.from(data, 'base64'));
}

async function main() {
	const wrong = [];
	const url = `file://${path.resolve(page)}`;
	const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
	const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
	listeners.push(m => {
		if (m.method === 'Network.requestWillBeSent' && m.params.request.url !== url)
			wrong.push(`asks for ${m.params.request.url.slice(0, 80)}`);
		if (m.method === 'Log.entryAdded')
			wrong.push(`the browser says: ${m.params.entry.text}`);
		if (m.method === 'Runtime.exceptionThrown')
			wrong.push(`script: ${m.params.exceptionDetails.text}`);
	});
	for (const domain of ['Page', 'Network', 'Log', 'Runtime'])
		await send(`${domain}.enable`, {}, sessionId);
	const loaded = event('Page.loadEventFired');
	await send('Page.navigate', { url }, sessionId);
	await loaded;
	await send('Runtime.evaluate', { expression: fs.readFileSync(axeFile, 'utf8') }, sessionId);
	for (const name of Object.keys(looks))
		await look(name, sessionId, wrong);
	const { result } = await send('Runtime.evaluate',
		{ expression: `(${sorts})()`, returnByValue: true }, sessionId);
	console.log([...wrong, ...result.value].join('\n') || 'nothing is wrong');
	await send('Browser.close', {});
}

const clock = setTimeout(() => {
	console.log('the browser did not answer');
	child.kill();
}, 60000);
child.on('error', e => console.log(String(e)));
child.on('exit', () => {
	clearTimeout(clock);
	fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});
main().catch(e => {
	console.log(String(e));
	child.kill();
});
