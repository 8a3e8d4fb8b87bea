// The sandbox's page: what one person sees of the workspace, and what that person does.

import { blocks } from "/static/blocks.js";
import { element, mrkdwn } from "/static/markup.js";

const EMOJI = { pushpin: "📌", star: "⭐" }; // what the app understands, offered below each message
const $ = (id) => document.getElementById(id);
const view = { me: null, next: null, place: null, thread: null, state: null, drawn: new Map(), modal: null, folded: new Set(), seen: new Map() };

const names = {
  people: () => view.state?.users ?? [],
  user: (id) => view.state?.users.find((user) => user.id === id)?.real_name ?? id,
  channel: (id) => view.state?.channels.find((channel) => channel.id === id)?.name ?? id,
};

async function act(wish) {
  const response = await fetch("/sandbox/act", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ as: view.me, ...wish }),
  });
  const answer = await response.json();
  if (!answer.ok) toast(answer.error);
  else if (answer.notice) toast(answer.notice);
  await refresh();
  return answer;
}

function toast(words) {
  $("toast").textContent = words;
  $("toast").hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { $("toast").hidden = true; }, 6000);
}

// One load at a time: an older answer never comes in after a newer one, and whoever asks meanwhile gets one more load.
let loading = null;
let again = false;
function refresh() {
  again = true;
  loading ??= (async () => {
    while (again) {
      again = false;
      await load();
    }
  })().finally(() => { loading = null; });
  return loading;
}

async function load() {
  const me = view.next ?? view.me;
  const response = await fetch(`/sandbox/state${me ? `?as=${me}` : ""}`);
  const state = await response.json();
  if (me !== (view.next ?? view.me)) return; // somebody else is to look now, and asked for a load of their own
  if (view.next) forget();
  view.next = null;
  view.state = state;
  view.me = state.me;
  if (!places().some(({ id }) => id === view.place)) view.place = counterpart(view.place);
  draw();
}

// Where somebody else stands who was in a conversation of their own: in the one that this person has, or in a channel.
function counterpart(place) {
  const direct = place?.startsWith("D") ?? false;
  return (view.state.channels.find((channel) => channel.is_im === direct) ?? view.state.channels[0])?.id;
}

// A moment where the person is whom the page shows, as their Slack would: 24 hours a day, as the bot writes them.
function moment(iso, more = {}) {
  const timeZone = view.state.users.find((user) => user.id === view.me).tz;
  const shape = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone, ...more };
  return new Intl.DateTimeFormat("en-GB", shape).format(new Date(iso)).replaceAll(",", "");
}

function zone() {
  return view.state.users.find((user) => user.id === view.me).tz.split("/").at(-1).replaceAll("_", " ");
}

function draw() {
  look();
  drawPeople();
  drawPlaces();
  drawLog();
  drawSamples();
  drawShortcuts();
  drawScenes();
  drawModal();
}

function drawPeople() {
  const people = view.state.users.filter((user) => !user.is_bot);
  if ($("me").options.length !== people.length) {
    $("me").replaceChildren(...people.map((user) => element("option", { value: user.id }, `${user.real_name}, ${user.title}`)));
  }
  $("me").value = view.next ?? view.me;
  const { connected, transport } = view.state;
  $("transport").textContent = connected ? `Connected over ${transport === "http" ? "HTTP" : "Socket Mode"}` : "The bot is not connected";
  $("transport").classList.toggle("off", !connected);
}

function places() {
  const rooms = view.state.channels.map((channel) => ({ id: channel.id, label: channel.is_im ? "vric, direct" : `# ${channel.name}` }));
  return [...rooms, { id: "home", label: "Home of the app" }];
}

function look() {
  const newest = view.state.messages[view.place]?.at(-1);
  if (newest) view.seen.set(`${view.me} ${view.place}`, Number(newest.ts));
}

function unseen(id) {
  const last = view.seen.get(`${view.me} ${id}`) ?? 0;
  return (view.state.messages[id] ?? []).filter((message) => Number(message.ts) > last && message.user !== view.me).length;
}

function badge(count) {
  return count ? element("span", { class: "badge" }, String(count), element("span", { class: "hidden" }, " new")) : null;
}

function drawPlaces() {
  $("places").replaceChildren(...places().map(({ id, label }) => element("li", {}, element("button", {
    class: "place", "aria-current": view.place === id ? "page" : null, onclick: () => go(id),
  }, element("span", {}, label), badge(unseen(id))))));
  $("place").textContent = places().find(({ id }) => id === view.place)?.label ?? "";
}

async function go(id) {
  view.place = id;
  view.thread = null;
  forget();
  if (id === "home") await act({ do: "home" });
  draw();
  toNewest();
}

function forget() {
  view.drawn.clear();
  $("log").replaceChildren();
}

// The newest of a conversation is at its end; the home of the app is read from its beginning.
function toNewest() {
  $("log").scrollTop = view.place === "home" ? 0 : $("log").scrollHeight;
}

function drawLog() {
  const home = view.place === "home";
  $("composer").hidden = home;
  $("news").hidden = home;
  if (home) {
    const shown = view.state.home;
    const mark = JSON.stringify(shown);
    if (view.drawn.get("home") === mark) return;
    view.drawn.set("home", mark);
    const context = { names, act: (action, control) => busy(control, act({ do: "action", view_id: shown.id, ...action })), inputs: new Map() };
    $("log").replaceChildren(element("article", { class: "home" }, shown ? blocks(shown.blocks, context) : "The app is preparing this page."));
    return;
  }
  const all = view.state.messages[view.place] ?? [];
  const tops = all.filter((message) => !message.thread_ts || message.thread_ts === message.ts);
  const log = $("log");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  let changed = false;
  const wanted = new Set();
  tops.forEach((message, place) => {
    const replies = all.filter((reply) => reply.thread_ts === message.ts && reply.ts !== message.ts);
    const key = `m-${message.ts}`;
    wanted.add(key);
    const open = !view.folded.has(message.ts);
    const mark = JSON.stringify([message, replies, open]);
    if (view.drawn.get(key) === mark) return;
    view.drawn.set(key, mark);
    changed = true;
    const focus = document.activeElement?.closest?.(`#${CSS.escape(key)}`) ? position(document.activeElement) : null;
    const node = thread(message, replies, open, key);
    const old = document.getElementById(key);
    if (old) old.replaceWith(node);
    else log.insertBefore(node, log.children[place] ?? null);
    if (focus !== null) node.querySelectorAll("button,select,a")[focus]?.focus();
  });
  for (const node of [...log.children]) if (!wanted.has(node.id)) node.remove();
  if (!tops.length) log.replaceChildren(element("p", { class: "empty" }, "Nothing here yet. Drop a sample link below."));
  if (changed && atEnd) log.scrollTop = log.scrollHeight;
}

function position(node) {
  return [...node.closest(".thread").querySelectorAll("button,select,a")].indexOf(node);
}

function thread(message, replies, open, key) {
  const node = element("article", { class: "thread", id: key }, messageNode(message));
  if (replies.length) {
    const toggle = element("button", { class: "quiet count", "aria-expanded": String(open), onclick: () => {
      if (open) view.folded.add(message.ts); else view.folded.delete(message.ts);
      draw();
    } }, `${open ? "Fold" : "Show"} ${replies.length} ${replies.length === 1 ? "reply" : "replies"}`);
    node.append(toggle);
    if (open) node.append(element("div", { class: "replies" }, ...replies.map(messageNode)));
  }
  if (!message.ephemeral) node.append(element("button", { class: "quiet reply", onclick: () => replyTo(message) }, "Reply in thread"));
  return node;
}

function messageNode(message) {
  const author = view.state.users.find((user) => user.id === message.user);
  const bot = author?.is_bot;
  const context = {
    names,
    inputs: new Map(),
    act: (action, control) => busy(control, act({ do: "action", channel: view.place, ts: message.ts, ...action })),
  };
  const body = message.blocks.length ? blocks(message.blocks, context) : element("div", { class: "words" }, mrkdwn(message.text, names));
  return element("div", { class: `message${message.ephemeral ? " whisper" : ""}` },
    element("span", { class: `avatar${bot ? " bot" : ""}`, "aria-hidden": "true" }, bot ? "▤" : (author?.real_name ?? "?")[0]),
    element("div", { class: "body" },
      message.ephemeral ? element("p", { class: "only" }, "Only visible to you") : null,
      element("p", { class: "by" }, element("strong", {}, author?.real_name ?? message.user), bot ? element("span", { class: "app-badge" }, "APP") : null,
        element("time", { datetime: message.at }, moment(message.at)), message.edited ? element("span", { class: "edited" }, "(edited)") : null),
      element("div", { class: "content" }, body),
      message.ephemeral ? null : element("p", { class: "reactions" }, ...reactions(message), ...shortcuts("message", { channel: view.place, ts: message.ts }))));
}

function reactions(message) {
  const given = new Map(Object.keys(EMOJI).map((name) => [name, []]));
  for (const { name, users } of message.reactions) given.set(name, users);
  return [...given].map(([name, users]) => element("button", {
    class: "quiet", "aria-pressed": String(users.includes(view.me)), "aria-label": `${name}, ${users.length}`,
    title: users.map(names.user).join(", "),
    onclick: (event) => busy(event.currentTarget, act({ do: "react", channel: view.place, ts: message.ts, name })),
  }, `${EMOJI[name] ?? `:${name}:`}${users.length ? ` ${users.length}` : ""}`));
}

// What Slack keeps in the menu of a message, and beside the field where one types.
function shortcuts(type, where) {
  return view.state.shortcuts.filter((shortcut) => shortcut.type === type).map(({ name }) => element("button", {
    type: "button", class: "quiet", onclick: (event) => busy(event.currentTarget, act({ do: "shortcut", name, ...where })),
  }, type === "message" ? `⋮ ${name}` : `⚡ ${name}`));
}

async function busy(control, work) {
  control.setAttribute("aria-busy", "true");
  control.disabled = true;
  try {
    await work;
  } finally {
    control.removeAttribute("aria-busy");
    control.disabled = false;
    if (control.tagName === "SELECT") control.value = "";
  }
}

function replyTo(message) {
  view.thread = message?.ts ?? null;
  $("reply-to").hidden = view.thread === null;
  $("reply-to").querySelector("span").textContent = message ? `Replying to ${names.user(message.user)}.` : "";
  $("words").focus();
}

function drawSamples() {
  const mark = JSON.stringify(view.state.samples);
  if (view.drawn.get("samples") === mark) return;
  view.drawn.set("samples", mark);
  $("samples").replaceChildren(...view.state.samples.map((sample) => element("li", {}, element("button", {
    onclick: (event) => busy(event.currentTarget, act({ do: "post", channel: room(), text: sample.url })),
  }, element("span", {}, sample.title), element("small", {}, sample.note)))));
}

function drawShortcuts() {
  const mark = JSON.stringify(view.state.shortcuts);
  if (view.drawn.get("shortcuts") === mark) return;
  view.drawn.set("shortcuts", mark);
  $("shortcuts").replaceChildren(...shortcuts("global", {}));
}

function room() {
  const channel = view.state.channels.find(({ id }) => id === view.place) ?? view.state.channels.find(({ is_im }) => !is_im);
  return channel.id;
}

function drawScenes() {
  $("clock").replaceChildren(element("strong", {}, moment(view.state.now, { year: "numeric" })), ` in ${zone()}`);
  drawComing();
  const last = view.state.calls.at(-1)?.n ?? 0;
  if (view.drawn.get("calls") === last) return;
  view.drawn.set("calls", last);
  const open = new Set([...$("calls").querySelectorAll("details[open]")].map((node) => node.dataset.n));
  $("calls").replaceChildren(...[...view.state.calls].reverse().map((call) => element("li", {}, element("details", { "data-n": call.n, open: open.has(String(call.n)) },
    element("summary", {}, element("code", {}, call.method), element("span", { class: call.ok ? "fine" : "bad" }, call.ok ? "ok" : call.error)),
    element("pre", {}, JSON.stringify(call.args, null, 1))))));
}

function drawComing() {
  const mark = JSON.stringify(view.state.coming);
  if (view.drawn.get("coming") === mark) return;
  view.drawn.set("coming", mark);
  $("coming").replaceChildren(...view.state.coming.map(({ at, when, what }) => element("li", {}, element("button", {
    onclick: (event) => busy(event.currentTarget, moveClock({ to: at })),
  }, element("strong", {}, when), ...what.map((line) => element("span", {}, line))))));
}

async function moveClock(how) {
  toNewest(); // whoever moves the clock wants to see what it brings
  await act({ do: "clock", ...how });
}

function drawModal() {
  const shown = view.state.modal;
  const mark = shown ? `${shown.id}:${shown.hash}` : null;
  if (view.modal === mark) return;
  view.modal = mark;
  const dialog = $("modal");
  if (!shown) { dialog.close(); return; }
  const inputs = new Map();
  const context = { names, inputs, act: (action, control) => busy(control, act({ do: "action", view_id: shown.id, ...action })) };
  const form = element("form", { method: "dialog" },
    element("h2", { id: "modal-title" }, shown.title.text),
    element("div", { class: "fields" }, blocks(shown.blocks, context)),
    element("div", { class: "row end" },
      element("button", { type: "button", class: "quiet", onclick: () => act({ do: "close", view_id: shown.id }) }, shown.close?.text ?? "Close"),
      shown.submit ? element("button", { type: "submit", class: "primary" }, shown.submit.text) : null));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const state = Object.fromEntries([...inputs].map(([block, { action, read }]) => [block, { [action]: read() }]));
    const answer = await act({ do: "submit", view_id: shown.id, state });
    for (const [block, { control, error }] of inputs) {
      const words = answer.errors?.[block] ?? "";
      error.textContent = words; // of a form that may have given way to the next one already
      control.toggleAttribute("aria-invalid", Boolean(words));
    }
    const first = Object.keys(answer.errors ?? {}).find((block) => inputs.has(block));
    if (first) inputs.get(first).control.focus();
  });
  dialog.setAttribute("aria-labelledby", "modal-title");
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
  (form.querySelector("input,textarea,select") ?? form.querySelector("button")).focus();
}

$("modal").addEventListener("cancel", (event) => {
  event.preventDefault();
  if (view.state.modal) act({ do: "close", view_id: view.state.modal.id });
});
$("me").addEventListener("change", async () => {
  view.next = $("me").value; // what is shown and done stays the first person's until all that the second one sees is here
  $("me").setAttribute("aria-busy", "true");
  await refresh();
  if (!view.next) $("me").removeAttribute("aria-busy");
  toNewest();
});
$("composer").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("words").value.trim();
  if (!text) return;
  $("words").value = "";
  if (!view.state) await refresh(); // whoever types fast is faster than the first load
  if (text.startsWith("/")) await act({ do: "command", channel: room(), text });
  else await act({ do: "post", channel: room(), text, thread_ts: view.thread });
  $("log").scrollTop = $("log").scrollHeight;
});
$("file").addEventListener("change", async () => {
  const [file] = $("file").files;
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  $("file").value = "";
  const content = btoa(bytes.reduce((binary, byte) => binary + String.fromCharCode(byte), ""));
  await busy($("file"), act({ do: "share", channel: room(), name: file.name, content }));
  $("log").scrollTop = $("log").scrollHeight;
});
$("words").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("composer").requestSubmit();
  }
});
$("reply-to").querySelector("button").addEventListener("click", () => replyTo(null));
$("toggle-scenes").addEventListener("click", () => {
  const log = $("log");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const hidden = $("scenes").toggleAttribute("hidden");
  if (atEnd) toNewest(); // narrower lines are more lines
  $("toggle-scenes").setAttribute("aria-expanded", String(!hidden));
});
document.querySelectorAll("[data-minutes]").forEach((button) => button.addEventListener("click", () => busy(button, moveClock({ minutes: Number(button.dataset.minutes) }))));
$("clock-to").addEventListener("submit", (event) => {
  event.preventDefault();
  moveClock({ to: event.target.querySelector("input").value });
});

await refresh();
if (matchMedia("(min-width: 1400px)").matches) $("toggle-scenes").click(); // there is room for both
toNewest();
const stream = new EventSource("/sandbox/stream");
stream.addEventListener("message", (event) => {
  if (JSON.parse(event.data).revision !== view.state.revision) refresh();
});
