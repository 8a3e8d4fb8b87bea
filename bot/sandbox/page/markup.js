// Slack's markup as DOM nodes. Remote text only ever becomes text nodes. A mark with a zero-width space behind it pairs with nothing.

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const EMOJI = { white_check_mark: "✅", warning: "⚠️", pushpin: "📌", star: "⭐", eyes: "👀" };
const TOKEN = /<([^<>\n]+)>|:([a-z_]+):|`([^`\n]+)`|(?<![\w*])\*(?=[^\s\u200b])((?:[^*\n]|\*\u200b)*[^\s*])\*(?![\w*\u200b])|(?<![\w_])_(?=[^\s\u200b])([^_\n]*[^\s_])_(?![\w_\u200b])|(?<![\w~])~(?=[^\s\u200b])([^~\n]*[^\s~])~(?![\w~\u200b])/g;

export function decoded(text) {
  return text.replace(/&lt;|&gt;|&amp;/g, (entity) => ENTITIES[entity]);
}

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function link(url, label) {
  const safe = /^https?:\/\//i.test(url) ? url : null;
  return safe ? element("a", { href: safe, target: "_blank", rel: "noreferrer noopener" }, label) : document.createTextNode(label);
}

export function mrkdwn(text, names) {
  const found = document.createDocumentFragment();
  text.split("\n").forEach((line, place) => {
    if (place) found.append(element("br"));
    const quoted = line.startsWith("&gt;");
    const into = quoted ? element("blockquote") : found;
    inline(quoted ? line.slice(4).trimStart() : line, names, into);
    if (quoted) found.append(into);
  });
  return found;
}

function inline(text, names, into) {
  let position = 0;
  for (const match of text.matchAll(TOKEN)) {
    into.append(decoded(text.slice(position, match.index)));
    position = match.index + match[0].length;
    const [whole, marked, emoji, code, bold, italic, struck] = match;
    if (marked !== undefined) into.append(reference(marked, names));
    else if (emoji !== undefined) into.append(EMOJI[emoji] ?? whole);
    else if (code !== undefined) into.append(element("code", {}, decoded(code)));
    else {
      const node = element(bold !== undefined ? "strong" : italic !== undefined ? "em" : "s");
      inline(bold ?? italic ?? struck, names, node);
      into.append(node);
    }
  }
  into.append(decoded(text.slice(position)));
}

function reference(marked, names) {
  const [target, label] = marked.split(/\|(.*)/s);
  if (target.startsWith("@")) return element("span", { class: "mention" }, `@${names.user(target.slice(1))}`);
  if (target.startsWith("#")) return element("span", { class: "mention" }, `#${names.channel(target.slice(1))}`);
  if (target.startsWith("!")) return element("span", { class: "alarm", title: "This rings everybody" }, `@${target.slice(1)}`);
  return link(decoded(target), decoded(label ?? target));
}

export function richText(block, names) {
  const found = element("div", { class: "rich" });
  for (const part of block.elements ?? []) {
    if (part.type === "rich_text_list") {
      const list = element(part.style === "ordered" ? "ol" : "ul");
      for (const item of part.elements) list.append(element("li", {}, pieces(item.elements, names)));
      found.append(list);
    } else if (part.type === "rich_text_quote") found.append(element("blockquote", {}, pieces(part.elements, names)));
    else if (part.type === "rich_text_preformatted") found.append(element("pre", {}, pieces(part.elements, names)));
    else found.append(pieces(part.elements, names));
  }
  return found;
}

function pieces(elements, names) {
  const found = document.createDocumentFragment();
  for (const piece of elements ?? []) {
    let node;
    if (piece.type === "link") node = link(piece.url, piece.text ?? piece.url);
    else if (piece.type === "user") node = element("span", { class: "mention" }, `@${names.user(piece.user_id)}`);
    else if (piece.type === "emoji") node = document.createTextNode(EMOJI[piece.name] ?? `:${piece.name}:`);
    else {
      node = document.createDocumentFragment();
      (piece.text ?? "").split("\n").forEach((line, place) => node.append(...(place ? [element("br"), line] : [line])));
    }
    for (const [style, tag] of [["bold", "strong"], ["italic", "em"], ["strike", "s"], ["code", "code"]]) {
      if (piece.style?.[style]) node = element(tag, {}, node);
    }
    found.append(node);
  }
  return found;
}
